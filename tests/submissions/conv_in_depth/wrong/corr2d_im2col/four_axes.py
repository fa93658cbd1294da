# wrong: leaves the columns with four axes; caught by im2col_values; keeps corr2d_values
def im2col(X, kernel_size):
    kh, kw = kernel_size
    return X.unfold(0, kh, 1).unfold(1, kw, 1).permute(2, 3, 0, 1)


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape).reshape(K.numel(), -1)).reshape(size)
