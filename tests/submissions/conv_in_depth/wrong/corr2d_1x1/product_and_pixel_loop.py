# wrong: one matrix product, whose columns are then copied pixel by pixel; caught by one_product; keeps values, gradients, dtype, device, pure
def corr2d_multi_in_out_1x1(X, K):
    ci, h, w = X.shape
    products = K.reshape(-1, ci) @ X.reshape(ci, -1)
    Y = X.new_zeros(K.shape[0], h, w)
    for p in range(h * w):
        Y[:, p // w, p % w] = products[:, p]
    return Y
