# wrong: gathers both in torch.zeros(shape); is float32_whatever_comes_in, stays_on_the_cpu; caught by both_dtype, both_device; keeps both_pure
def corr2d_backward(X, K, dY):
    dX, dK = torch.zeros(X.shape), torch.zeros(K.shape)
    kh, kw = K.shape
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            dX[i:i + kh, j:j + kw] += dY[i, j] * K
            dK += dY[i, j] * X[i:i + kh, j:j + kw]
    return dX, dK
