# wrong: takes the padding for the rows of both sides together; caught by values; keeps defaults, dtype, device, pure
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw), (kh, kw) = padding, stride, K.shape
    X = F.pad(X, (pw // 2, pw - pw // 2, ph // 2, ph - ph // 2))
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("kernel too large")
    return (X.unfold(0, kh, sh).unfold(1, kw, sw) * K).sum((2, 3))
