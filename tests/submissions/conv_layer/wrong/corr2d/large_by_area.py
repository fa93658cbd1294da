# wrong: compares areas to see whether the kernel fits; is empty_for_large_kernels; caught by too_large; keeps values, gradients
def corr2d(X, K):
    if K.numel() > X.numel():
        raise ValueError("kernel too large")
    (h, w), (kh, kw) = X.shape, K.shape
    Y = X.new_zeros(max(h - kh + 1, 0), max(w - kw + 1, 0))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            Y[i, j] = (X[i:i + kh, j:j + kw] * K).sum()
    return Y
