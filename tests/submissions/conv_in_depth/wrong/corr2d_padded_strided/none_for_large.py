# wrong: returns None for a kernel that does not fit; caught by too_large; keeps values, defaults, views, dtype, device, gradients, pure
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        return None
    return (X.unfold(0, K.shape[0], stride[0]).unfold(1, K.shape[1], stride[1]) * K).sum((2, 3))
