# right: one strided slice of the padded image for each kernel entry
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw), (kh, kw) = padding, stride, K.shape
    X = F.pad(X, (pw, pw, ph, ph))
    oh, ow = (X.shape[0] - kh) // sh + 1, (X.shape[1] - kw) // sw + 1
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("kernel too large")
    return sum(
        K[a, b] * X[a:a + (oh - 1) * sh + 1:sh, b:b + (ow - 1) * sw + 1:sw] for a in range(kh) for b in range(kw)
    )
