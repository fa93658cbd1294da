# wrong: max() of a list of numbers, which cuts the maximum's graph; caught by gradients; keeps max, avg, negative, dtype, device, pure, refuses
def pool2d(X, pool_size, mode="max"):
    h, w = pool_size
    if mode not in ("max", "avg"):
        raise ValueError(mode)
    Y = X.new_zeros(X.shape[0] - h + 1, X.shape[1] - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[i:i + h, j:j + w]
            Y[i, j] = max(max(row) for row in window.tolist()) if mode == "max" else window.mean()
    return Y
