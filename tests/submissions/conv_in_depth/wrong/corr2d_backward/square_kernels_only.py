# wrong: pads by the kernel's height on every side; caught by dX_values; keeps dK_values
def corr2d_backward(X, K, dY):
    k = K.shape[0] - 1
    return corr2d(F.pad(dY, (k, k, k, k)), K.flip(0, 1)), corr2d(X, dY)
