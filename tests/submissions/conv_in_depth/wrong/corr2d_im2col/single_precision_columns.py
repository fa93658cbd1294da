# wrong: columns in float32, cast to the kernel's type later; is float32_whatever_comes_in; caught by im2col_dtype; keeps im2col_values, im2col_device, corr2d_dtype, corr2d_device, corr2d_pure
def im2col(X, kernel_size):
    return F.unfold(X[None, None].float(), tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape).to(K.dtype)).reshape(size)
