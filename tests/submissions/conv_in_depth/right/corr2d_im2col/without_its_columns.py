# right: corr2d_im2col has columns of its own
def im2col(X, kernel_size):
    h, w = kernel_size
    return X.unfold(1, w, 1).unfold(0, h, 1).movedim((3, 2), (0, 1)).flatten(2).flatten(0, 1)


def corr2d_im2col(X, K):
    (kh, kw), (h, w) = K.shape, X.shape
    rows = X.unfold(0, kh, 1).unfold(1, kw, 1).reshape(-1, kh * kw)
    return (rows @ K.reshape(-1, 1)).reshape(h - kh + 1, w - kw + 1)
