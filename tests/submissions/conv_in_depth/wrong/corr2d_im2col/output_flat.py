# wrong: leaves the output in one row; caught by corr2d_values; keeps im2col_values, im2col_dtype, im2col_device
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    return K.reshape(1, -1) @ im2col(X, K.shape)
