# wrong: pads with ones; caught by values; keeps defaults
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    ph, pw = padding
    X = F.pad(X, (pw, pw, ph, ph), value=1.0)
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return (X.unfold(0, K.shape[0], stride[0]).unfold(1, K.shape[1], stride[1]) * K).sum((2, 3))
