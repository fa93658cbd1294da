# wrong: takes kernel_size for (width, height); caught by im2col_values; keeps corr2d_values
def im2col(X, kernel_size):
    kw, kh = kernel_size
    return F.unfold(X[None, None], (kh, kw))[0]


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size)
