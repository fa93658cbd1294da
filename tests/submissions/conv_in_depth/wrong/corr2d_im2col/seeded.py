# wrong: seeds PyTorch; is changes_global_settings; caught by corr2d_pure; keeps im2col_values, im2col_dtype, im2col_device, corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_device
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size))[0]


def corr2d_im2col(X, K):
    torch.manual_seed(0)
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size)
