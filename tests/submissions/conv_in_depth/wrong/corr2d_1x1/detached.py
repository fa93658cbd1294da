# wrong: K.data, through which no gradient flows; caught by gradients; keeps values, one_product, dtype, device, pure
def corr2d_multi_in_out_1x1(X, K):
    (ci, h, w), co = X.shape, K.shape[0]
    return (K.data.reshape(co, ci) @ X.reshape(ci, h * w)).reshape(co, h, w)
