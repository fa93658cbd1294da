# wrong: the window's height for its width too; caught by max, avg; keeps refuses
def pool2d(X, pool_size, mode="max"):
    p = pool_size[0]
    if mode not in ("max", "avg"):
        raise ValueError(mode)
    Y = X.new_zeros(X.shape[0] - p + 1, X.shape[1] - p + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[i:i + p, j:j + p]
            Y[i, j] = window.max() if mode == "max" else window.mean()
    return Y
