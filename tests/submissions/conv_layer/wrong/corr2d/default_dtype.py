# wrong: changes the default dtype for everybody so that torch.zeros follows X; is changes_global_settings, stays_on_the_cpu; caught by pure, device; keeps values, dtype, half, gradients
def corr2d(X, K):
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    torch.set_default_dtype(X.dtype)
    Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum()
    return Y
