# wrong: dual numbers, one for each pixel and kernel entry; caught by dX_values, dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    def derivative(of, at, position):
        tangent = torch.zeros_like(at)
        tangent[position] = 1
        return (torch.func.jvp(of, (at,), (tangent,))[1] * dY).sum()

    dX, dK = torch.zeros_like(X), torch.zeros_like(K)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            dX[i, j] = derivative(lambda x: corr2d(x, K), X, (i, j))
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            dK[a, b] = derivative(lambda k: corr2d(X, k), K, (a, b))
    return dX, dK
