# right: dK by cross-correlation, dX by a full one with the kernel flipped
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    dX = corr2d(F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1)), K.flip(0, 1))
    return dX, corr2d(X, dY)
