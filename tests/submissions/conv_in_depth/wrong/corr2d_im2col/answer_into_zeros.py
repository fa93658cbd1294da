# wrong: right columns, and the answer in torch.zeros(shape); is float32_whatever_comes_in, stays_on_the_cpu; caught by corr2d_dtype, corr2d_device; keeps im2col_values, im2col_dtype, im2col_device, corr2d_values, corr2d_gradients, corr2d_pure, not_growing
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    Y = torch.zeros(X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1)
    Y[:] = (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(Y.shape)
    return Y
