# wrong: one product for each pixel; caught by one_product; keeps values, gradients, dtype, device, pure
def corr2d_multi_in_out_1x1(X, K):
    (ci, h, w), weights = X.shape, K[:, :, 0, 0]
    Y = X.new_zeros(K.shape[0], h, w)
    for i in range(h):
        for j in range(w):
            Y[:, i, j] = weights @ X[:, i, j]
    return Y
