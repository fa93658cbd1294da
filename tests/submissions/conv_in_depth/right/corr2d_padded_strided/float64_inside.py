# right: works in float64 and casts back
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    kind = X.dtype
    P = F.pad(X.double(), (padding[1], padding[1], padding[0], padding[0]))
    if K.shape[0] > P.shape[0] or K.shape[1] > P.shape[1]:
        raise ValueError("kernel too large")
    return (P.unfold(0, K.shape[0], stride[0]).unfold(1, K.shape[1], stride[1]) * K.double()).sum((2, 3)).to(kind)
