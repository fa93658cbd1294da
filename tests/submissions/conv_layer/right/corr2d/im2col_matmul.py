# right: F.unfold, one matrix product, a reshape
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if h < kh or w < kw:
        raise ValueError("the kernel does not fit")
    columns = F.unfold(X.reshape(1, 1, h, w), (kh, kw))
    return (K.reshape(1, -1) @ columns[0]).reshape(h - kh + 1, w - kw + 1)
