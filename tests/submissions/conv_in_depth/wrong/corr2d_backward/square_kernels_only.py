# wrong: pads by the kernel's height on every side; is square_kernels_only; caught by dX_values
def corr2d_backward(X, K, dY):
    k = K.shape[0] - 1
    return corr2d(F.pad(dY, (k, k, k, k)), K.flip(0, 1)), corr2d(X, dY)
