# wrong: gathers dX in X's own memory, once dK is done; is changes_its_inputs; caught by both_pure; keeps dX_values, dK_values, both_dtype, both_device
def corr2d_backward(X, K, dY):
    dK = corr2d(X, dY)
    dX = X.zero_()
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            dX[a:a + dY.shape[0], b:b + dY.shape[1]] += K[a, b] * dY
    return dX, dK
