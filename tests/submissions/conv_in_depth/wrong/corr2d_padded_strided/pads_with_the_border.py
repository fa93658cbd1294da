# wrong: repeats the border's pixels in place of zeros; caught by values; keeps defaults
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    ph, pw = padding
    X = F.pad(X[None, None], (pw, pw, ph, ph), mode="replicate")[0, 0]
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return (X.unfold(0, K.shape[0], stride[0]).unfold(1, K.shape[1], stride[1]) * K).sum((2, 3))
