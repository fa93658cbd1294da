# wrong: zeros of the right type, on the CPU; is stays_on_the_cpu, mixes_devices; caught by both_device; keeps dX_values, dK_values, both_dtype, both_pure
def corr2d_backward(X, K, dY):
    dX, dK = torch.zeros(X.shape, dtype=X.dtype), torch.zeros(K.shape, dtype=K.dtype)
    kh, kw = K.shape
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            dX[i:i + kh, j:j + kw] += dY[i, j] * K
            dK += dY[i, j] * X[i:i + kh, j:j + kw]
    return dX, dK
