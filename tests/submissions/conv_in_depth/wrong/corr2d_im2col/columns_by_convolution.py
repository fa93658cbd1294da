# wrong: columns by F.conv2d with kernels of a single one; is ready_made_convolution; caught by im2col_values
def im2col(X, kernel_size):
    kh, kw = kernel_size
    ones = torch.eye(kh * kw, dtype=X.dtype, device=X.device).reshape(kh * kw, 1, kh, kw)
    return F.conv2d(X[None, None], ones)[0].reshape(kh * kw, -1)


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size)
