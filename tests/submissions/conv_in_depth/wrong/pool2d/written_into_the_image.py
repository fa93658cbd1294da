# wrong: writes the answers into X, where they are no longer needed; is changes_its_inputs; caught by pure; keeps max, avg, negative, dtype, device, refuses
def pool2d(X, pool_size, mode="max"):
    h, w = pool_size
    if mode not in ("max", "avg"):
        raise ValueError(mode)
    oh, ow = X.shape[0] - h + 1, X.shape[1] - w + 1
    for i in range(oh):
        for j in range(ow):
            window = X[i:i + h, j:j + w]
            X[i, j] = window.max() if mode == "max" else window.mean()
    return X[:oh, :ow].clone()
