# wrong: im2col is written, corr2d_im2col is not; caught by corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_device, corr2d_pure, not_growing; keeps im2col_values, im2col_dtype, im2col_device
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    raise NotImplementedError
