# right: a matrix of shifted rows for each kernel row
def corr2d_backward(X, K, dY):
    (h, w), (kh, kw), (oh, ow) = X.shape, K.shape, dY.shape
    dX, dK = X * 0, K * 0
    for a in range(kh):
        band = torch.stack([F.pad(K[a], (j, w - kw - j)) for j in range(ow)])
        dX[a:a + oh] += dY @ band
        for b in range(kw):
            dK[a, b] = torch.trace(X[a:a + oh, b:b + ow].T @ dY)
    return dX, dK
