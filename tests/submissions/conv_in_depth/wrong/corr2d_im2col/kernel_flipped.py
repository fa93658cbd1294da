# wrong: flattens the kernel back to front; is true_convolution; caught by corr2d_values; keeps im2col_values, im2col_dtype, im2col_device
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.flatten().flip(0) @ im2col(X, K.shape)).reshape(size)
