# wrong: turns K round in place; is changes_its_inputs; caught by both_pure; keeps dX_values, dK_values, both_dtype, both_device
def corr2d_backward(X, K, dY):
    dK = corr2d(X, dY)
    K.copy_(K.flip(0, 1).clone())
    kh, kw = K.shape
    return corr2d(F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1)), K), dK
