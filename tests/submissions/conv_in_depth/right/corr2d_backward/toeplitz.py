# right: the transpose of the large matrix that the correlation is
def corr2d_backward(X, K, dY):
    (h, w), (kh, kw), (oh, ow) = X.shape, K.shape, dY.shape
    T = K.new_zeros(oh, ow, h, w)
    for i in range(oh):
        for j in range(ow):
            T[i, j, i:i + kh, j:j + kw] = K
    dX = T.reshape(oh * ow, h * w).T @ dY.reshape(-1)
    windows = torch.stack([X[i:i + kh, j:j + kw].reshape(-1) for i in range(oh) for j in range(ow)])
    return dX.reshape(h, w), (windows.T @ dY.reshape(-1)).reshape(kh, kw)
