# wrong: pads by k in place of k - 1, and cuts the result to X's size; caught by dX_values; keeps dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    padded = F.pad(dY, (kw, kw, kh, kh))
    return corr2d(padded, K.flip(0, 1))[:X.shape[0], :X.shape[1]], corr2d(X, dY)
