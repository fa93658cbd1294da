# wrong: fills torch.zeros(shape), row by row of the kernel; is float32_whatever_comes_in, stays_on_the_cpu; caught by im2col_dtype, im2col_device; keeps im2col_values, corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_device, corr2d_pure
def im2col(X, kernel_size):
    (h, w), (kh, kw) = X.shape, kernel_size
    oh, ow = h - kh + 1, w - kw + 1
    columns = torch.zeros(kh * kw, oh * ow)
    for a in range(kh):
        for b in range(kw):
            columns[a * kw + b] = X[a:a + oh, b:b + ow].reshape(-1)
    return columns


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size)
