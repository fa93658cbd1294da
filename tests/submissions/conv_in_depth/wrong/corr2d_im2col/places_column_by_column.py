# wrong: the windows in the order of the image's columns; caught by im2col_values; keeps corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_device, corr2d_pure
def im2col(X, kernel_size):
    kh, kw = kernel_size
    windows = X.unfold(0, kh, 1).unfold(1, kw, 1)
    return windows.permute(2, 3, 1, 0).reshape(kh * kw, -1)


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size)
