# wrong: adds slices of X to zeros on the CPU; is mixes_devices; caught by device; keeps values, dtype, gradients
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    Y = torch.zeros(h - kh + 1, w - kw + 1, dtype=X.dtype)
    for a in range(kh):
        for b in range(kw):
            Y = Y + X[a:a + Y.shape[0], b:b + Y.shape[1]] * K[a, b]
    return Y
