# wrong: works in float32 and casts back; caught by values; keeps defaults, dtype, device, pure, too_large
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    kind = X.dtype
    X = F.pad(X.float(), (padding[1], padding[1], padding[0], padding[0]))
    K = K.float()
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return (X.unfold(0, K.shape[0], stride[0]).unfold(1, K.shape[1], stride[1]) * K).sum((2, 3)).to(kind)
