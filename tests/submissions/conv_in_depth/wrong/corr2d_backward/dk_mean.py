# wrong: averages dK over the places of the window; caught by dK_values; keeps dX_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    padded = F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1))
    return corr2d(padded, K.flip(0, 1)), corr2d(X, dY) / dY.numel()
