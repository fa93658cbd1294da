# wrong: flips dY for dK too; caught by dK_values; keeps dX_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    padded = F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1))
    return corr2d(padded, K.flip(0, 1)), corr2d(X, dY.flip(0, 1))
