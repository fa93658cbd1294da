# right: as_strided with the kernel's axes first
def im2col(X, kernel_size):
    (h, w), (kh, kw), (down, right) = X.shape, kernel_size, X.stride()
    oh, ow = h - kh + 1, w - kw + 1
    return X.as_strided((kh, kw, oh, ow), (down, right, down, right)).reshape(kh * kw, oh * ow)


def corr2d_im2col(X, K):
    columns = im2col(X, K.shape)
    return (columns * K.reshape(-1, 1)).sum(0).reshape(X.shape[0] - K.shape[0] + 1, -1)
