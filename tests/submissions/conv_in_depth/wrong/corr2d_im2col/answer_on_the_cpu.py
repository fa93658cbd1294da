# wrong: brings the answer to the CPU; is stays_on_the_cpu; caught by corr2d_device; keeps im2col_values, im2col_dtype, im2col_device, corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_pure, not_growing
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size).cpu()
