# wrong: windows that overlap overwrite one another in dX; caught by dX_values; keeps dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    dX, dK = torch.zeros_like(X), torch.zeros_like(K)
    kh, kw = K.shape
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            dX[i:i + kh, j:j + kw] = dY[i, j] * K
            dK += dY[i, j] * X[i:i + kh, j:j + kw]
    return dX, dK
