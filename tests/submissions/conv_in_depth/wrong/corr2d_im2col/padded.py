# wrong: pads the image, as layers do; caught by im2col_values; keeps corr2d_values
def im2col(X, kernel_size):
    return F.unfold(X[None, None], tuple(kernel_size), padding=1)[0]


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size)
