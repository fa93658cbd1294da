# right: windows by Tensor.unfold, one product
def im2col(X, kernel_size):
    kh, kw = kernel_size
    return X.unfold(0, kh, 1).unfold(1, kw, 1).permute(2, 3, 0, 1).reshape(kh * kw, -1)


def corr2d_im2col(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    return (K.reshape(1, -1) @ im2col(X, (kh, kw))).reshape(h - kh + 1, w - kw + 1)
