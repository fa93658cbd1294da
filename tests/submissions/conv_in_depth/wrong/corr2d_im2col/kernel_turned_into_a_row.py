# wrong: turns K into a row in place; is changes_its_inputs; caught by corr2d_pure; keeps im2col_values, im2col_dtype, im2col_device, corr2d_values, corr2d_dtype, corr2d_device
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    columns = im2col(X, K.shape)
    rows = K.unsqueeze_(0)
    return (rows.flatten() @ columns).reshape(size)
