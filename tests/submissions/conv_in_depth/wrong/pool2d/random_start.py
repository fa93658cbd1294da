# wrong: starts from torch.rand, which moves the random state; is changes_global_settings; caught by pure; keeps max, avg, negative, dtype, refuses
def pool2d(X, pool_size, mode="max"):
    h, w = pool_size
    if mode not in ("max", "avg"):
        raise ValueError(mode)
    Y = torch.rand(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=X.dtype).to(X.device)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[i:i + h, j:j + w]
            Y[i, j] = window.max() if mode == "max" else window.mean()
    return Y
