# wrong: right columns, which are multiplied one by one; caught by not_growing; keeps im2col_values, im2col_dtype, im2col_device, corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_device, corr2d_pure
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    columns, kernel = im2col(X, K.shape), K.reshape(-1)
    sums = [(columns[:, p] * kernel).sum() for p in range(columns.shape[1])]
    return torch.stack(sums).reshape(X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1)
