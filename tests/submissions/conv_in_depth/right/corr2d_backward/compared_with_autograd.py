# right: written out, and compared with autograd when the cell runs
def corr2d_backward(X, K, dY):
    dX, dK = torch.zeros_like(X), torch.zeros_like(K)
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            place = slice(a, a + dY.shape[0]), slice(b, b + dY.shape[1])
            dX[place] += K[a, b] * dY
            dK[a, b] = (X[place] * dY).sum()
    return dX, dK


X_, K_ = torch.rand(5, 4, requires_grad=True), torch.rand(2, 3, requires_grad=True)
Y_ = sum(K_[a, b] * X_[a:a + 4, b:b + 2] for a in range(2) for b in range(3))
Y_.sum().backward()
for mine, true in zip(corr2d_backward(X_.detach(), K_.detach(), torch.ones_like(Y_)), (X_.grad, K_.grad)):
    torch.testing.assert_close(mine, true)
