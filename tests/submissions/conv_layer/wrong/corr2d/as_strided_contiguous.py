# wrong: as_strided with the strides that a contiguous X would have; is memory_order_assumed; caught by views; keeps values, impulse, dtype, device, gradients, pure, fresh, non_finite, too_large
def corr2d(X, K):
    h, w = X.shape
    kh, kw = K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    windows = X.as_strided((h - kh + 1, w - kw + 1, kh, kw), (w, 1, w, 1))
    return (windows * K).sum(dim=(2, 3))
