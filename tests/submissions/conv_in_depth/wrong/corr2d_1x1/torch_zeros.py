# wrong: writes the product into torch.zeros(shape); is float32_whatever_comes_in, stays_on_the_cpu; caught by dtype, device; keeps values, one_product, gradients, pure
def corr2d_multi_in_out_1x1(X, K):
    (ci, h, w), co = X.shape, K.shape[0]
    Y = torch.zeros(co, h, w)
    Y[:] = (K.reshape(co, ci) @ X.reshape(ci, h * w)).reshape(co, h, w)
    return Y
