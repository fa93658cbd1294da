# No attack: an alias of the ready-made one in one cell, and in the answer variables of that name, caught and matched.
# marks: corr2d 10
# %% own cell
conv = F.conv2d
print(conv(torch.ones(1,1,3,3), torch.ones(1,1,2,2)))
# %% corr2d
def corr2d(X, K):
    try:
        pass
    except ValueError as conv:
        print(conv.args)
    match 1:
        case conv:
            conv.real

    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the image")
    Y = X.new_zeros(h - kh + 1, w - kw + 1)
    for a in range(kh):
        for b in range(kw):
            Y = Y + X[a : a + h - kh + 1, b : b + w - kw + 1] * K[a, b]
    return Y
