# wrong: F.fold to the image's size for the output; caught by corr2d_values; keeps im2col_values, im2col_dtype, im2col_device
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    weighted = im2col(X, K.shape) * K.reshape(-1, 1)
    return F.fold(weighted[None], tuple(X.shape), tuple(K.shape))[0, 0]
