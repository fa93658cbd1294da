# wrong: returns dX alone; caught by dX_values, dK_values
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    return corr2d(F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1)), K.flip(0, 1))
