# wrong: transposes K where it has to be flipped; caught by dX_values; keeps dK_values
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    padded = F.pad(dY, (kh - 1, kh - 1, kw - 1, kw - 1))
    return corr2d(padded, K.T), corr2d(X, dY)
