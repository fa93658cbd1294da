# wrong: float32, whatever comes in; is float32_whatever_comes_in; caught by both_dtype
def corr2d_backward(X, K, dY):
    X, K, dY = X.float(), K.float(), dY.float()
    kh, kw = K.shape
    return corr2d(F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1)), K.flip(0, 1)), corr2d(X, dY)
