# wrong: a difference quotient with a small step, which is not exact; caught by dX_values, dK_values; keeps both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY, step=1e-4):
    dX, dK = torch.zeros_like(X), torch.zeros_like(K)
    Y = corr2d(X, K)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            moved = X.clone()
            moved[i, j] += step
            dX[i, j] = ((corr2d(moved, K) - Y) / step * dY).sum()
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            moved = K.clone()
            moved[a, b] += step
            dK[a, b] = ((corr2d(X, moved) - Y) / step * dY).sum()
    return dX, dK
