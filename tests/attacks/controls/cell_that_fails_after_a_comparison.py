# No attack: an honest cell compares, defines a helper, and fails afterwards: in Jupyter the helper is there.
# marks: corr2d 10
# %% own cell
ref = F.conv2d(torch.ones(1,1,3,3), torch.ones(1,1,2,2))
def my_zeros(X, *shape):
    return X.new_zeros(*shape)
my_zeros()
# %% corr2d
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the image")
    Y = my_zeros(X, h - kh + 1, w - kw + 1)
    for a in range(kh):
        for b in range(kw):
            Y = Y + X[a : a + h - kh + 1, b : b + w - kw + 1] * K[a, b]
    return Y
