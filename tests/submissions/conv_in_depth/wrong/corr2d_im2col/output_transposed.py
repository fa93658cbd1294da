# wrong: reshapes the output to (width, height); caught by corr2d_values; keeps im2col_values, im2col_dtype, im2col_device
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    oh, ow = X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(ow, oh)
