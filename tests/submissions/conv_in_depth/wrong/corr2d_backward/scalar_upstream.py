# wrong: the sum of dY in place of each entry; caught by dX_values, dK_values
def corr2d_backward(X, K, dY):
    dX, dK = torch.zeros_like(X), torch.zeros_like(K)
    (kh, kw), g = K.shape, dY.sum()
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            dX[i:i + kh, j:j + kw] += g * K
            dK += g * X[i:i + kh, j:j + kw]
    return dX, dK
