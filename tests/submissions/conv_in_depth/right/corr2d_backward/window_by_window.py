# right: every output passes its gradient on to its window
def corr2d_backward(X, K, dY):
    dX, dK = torch.zeros_like(X), torch.zeros_like(K)
    kh, kw = K.shape
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            dX[i:i + kh, j:j + kw] += dY[i, j] * K
            dK += dY[i, j] * X[i:i + kh, j:j + kw]
    return dX, dK
