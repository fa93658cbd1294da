# wrong: unfold's step is the kernel's size, so that windows never overlap; caught by values, defaults
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    return (X.unfold(0, h, h).unfold(1, w, w)[::stride[0], ::stride[1]] * K).sum((2, 3))
