# wrong: two matrix products, one for each half of the channels; caught by one_product; keeps values, gradients, dtype, device, pure
def corr2d_multi_in_out_1x1(X, K):
    ci, h, w = X.shape
    co, half = K.shape[0], ci // 2
    X, K = X.reshape(ci, h * w), K.reshape(co, ci)
    return (K[:, :half] @ X[:half] + K[:, half:] @ X[half:]).reshape(co, h, w)
