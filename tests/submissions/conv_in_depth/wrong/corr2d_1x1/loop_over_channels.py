# wrong: adds channel by channel; caught by one_product; keeps values, gradients, dtype, device, pure
def corr2d_multi_in_out_1x1(X, K):
    Y = X.new_zeros(K.shape[0], *X.shape[1:])
    for c in range(X.shape[0]):
        Y = Y + K[:, c] * X[c]
    return Y
