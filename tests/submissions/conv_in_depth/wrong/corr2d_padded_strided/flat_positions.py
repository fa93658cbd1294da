# wrong: counts positions along storage as if every image lay there row by row; caught by views; keeps defaults, dtype, pure, too_large
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    if any(padding):
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    (h, w), (kh, kw), (sh, sw) = X.shape, K.shape, stride
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    size = ((h - kh) // sh + 1, (w - kw) // sw + 1, kh, kw)
    return (X.as_strided(size, (w * sh, sw, w, 1)) * K).sum((2, 3))
