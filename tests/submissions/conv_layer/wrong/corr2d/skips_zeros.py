# wrong: passes over kernel entries of zero, and so over their gradients; is skips_zeros; caught by gradients; keeps values, impulse, views, dtype, device, pure, fresh, non_finite, too_large
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    Y = X[:h - kh + 1, :w - kw + 1] * K[0, 0]
    for a in range(kh):
        for b in range(kw):
            if (a, b) != (0, 0) and K[a, b] != 0:
                Y = Y + X[a:a + h - kh + 1, b:b + w - kw + 1] * K[a, b]
    return Y
