# wrong: an output one row and one column too small; caught by max, avg; keeps refuses
def pool2d(X, pool_size, mode="max"):
    h, w = pool_size
    if mode not in ("max", "avg"):
        raise ValueError(mode)
    Y = X.new_zeros(X.shape[0] - h, X.shape[1] - w)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[i:i + h, j:j + w]
            Y[i, j] = window.max() if mode == "max" else window.mean()
    return Y
