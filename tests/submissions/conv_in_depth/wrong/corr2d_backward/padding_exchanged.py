# wrong: F.pad gets the height's padding for the width; caught by dX_values; keeps dK_values
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    padded = F.pad(dY, (kh - 1, kh - 1, kw - 1, kw - 1))
    return corr2d(padded, K.flip(0, 1)), corr2d(X, dY)
