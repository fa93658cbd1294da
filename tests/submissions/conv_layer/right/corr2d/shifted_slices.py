# right: loops over the kernel and adds shifted slices in place of one new tensor
def corr2d(X, K):
    kh, kw = K.shape
    oh, ow = X.shape[0] - kh + 1, X.shape[1] - kw + 1
    if min(oh, ow) < 1:
        raise ValueError("kernel too large")
    Y = X.new_zeros((oh, ow))
    for a in range(kh):
        for b in range(kw):
            Y += X[a:a + oh, b:b + ow] * K[a, b]
    return Y
