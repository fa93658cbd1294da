# wrong: full correlation with K as it stands; caught by dX_values; keeps dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    padded = F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1))
    return corr2d(padded, K), corr2d(X, dY)
