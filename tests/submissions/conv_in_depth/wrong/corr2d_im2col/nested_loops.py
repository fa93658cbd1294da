# wrong: a loop over windows, whose work grows with the image; caught by not_growing; keeps im2col_values, im2col_dtype, im2col_device, corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_device, corr2d_pure
def im2col(X, kernel_size):
    kh, kw = kernel_size
    oh, ow = X.shape[0] - kh + 1, X.shape[1] - kw + 1
    return torch.stack([X[i:i + kh, j:j + kw].flatten() for i in range(oh) for j in range(ow)], dim=1)


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size)
