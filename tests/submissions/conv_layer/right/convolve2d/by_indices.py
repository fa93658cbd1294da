# right: the sum of the definition, with indices running backwards
def convolve2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    Y = X.new_zeros(h - kh + 1, w - kw + 1)
    for a in range(kh):
        for b in range(kw):
            i, j = kh - 1 - a, kw - 1 - b
            Y = Y + X[i:i + Y.shape[0], j:j + Y.shape[1]] * K[a, b]
    return Y
