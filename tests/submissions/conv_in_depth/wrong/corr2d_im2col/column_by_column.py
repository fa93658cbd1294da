# wrong: fills the columns one by one; caught by not_growing; keeps im2col_values, im2col_dtype, im2col_device, corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_device, corr2d_pure
def im2col(X, kernel_size):
    (h, w), (kh, kw) = X.shape, kernel_size
    columns = X.new_zeros(kh * kw, (h - kh + 1) * (w - kw + 1))
    column = 0
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            columns[:, column] = X[i:i + kh, j:j + kw].reshape(-1)
            column += 1
    return columns


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return torch.matmul(K.reshape(-1), im2col(X, K.shape)).reshape(size)
