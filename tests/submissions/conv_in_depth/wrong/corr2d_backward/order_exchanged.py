# wrong: returns (dK, dX); caught by dX_values, dK_values
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    padded = F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1))
    return corr2d(X, dY), corr2d(padded, K.flip(0, 1))
