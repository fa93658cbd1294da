# wrong: walks along the kernel's first row only; is first_kernel_row_only; caught by values, impulse, gradients
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    Y = X.new_zeros(h - kh + 1, w - kw + 1)
    for b in range(kw):
        Y = Y + X[:h - kh + 1, b:b + w - kw + 1] * K[0, b]
    return Y
