# wrong: F.conv2d, with im2col beside it; is ready_made_convolution; caught by corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_device, corr2d_pure
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    return F.conv2d(X[None, None], K[None, None])[0, 0]
