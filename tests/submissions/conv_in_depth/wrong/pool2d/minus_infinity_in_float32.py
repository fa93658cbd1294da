# wrong: starts from a float32 tensor of minus infinity; is float32_whatever_comes_in; caught by dtype; keeps max, avg, negative, device, pure, refuses
def pool2d(X, pool_size, mode="max"):
    h, w = pool_size
    if mode not in ("max", "avg"):
        raise ValueError(mode)
    size = (X.shape[0] - h + 1, X.shape[1] - w + 1)
    Y = torch.full(size, float("-inf"), device=X.device)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[i:i + h, j:j + w]
            Y[i, j] = window.max() if mode == "max" else window.mean()
    return Y
