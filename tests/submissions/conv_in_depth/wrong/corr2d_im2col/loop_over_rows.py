# wrong: one loop, over the rows of windows; caught by not_growing; keeps im2col_values, im2col_dtype, im2col_device, corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_device, corr2d_pure
def im2col(X, kernel_size):
    kh, kw = kernel_size
    rows = [X[i:i + kh].unfold(1, kw, 1).permute(0, 2, 1).reshape(kh * kw, -1) for i in range(X.shape[0] - kh + 1)]
    return torch.cat(rows, dim=1)


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size)
