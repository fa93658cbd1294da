# right: one sum of strided images for each remainder of the kernel's places
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw), (kh, kw) = padding, stride, K.shape
    X = F.pad(X, (pw, pw, ph, ph))
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("kernel too large")
    oh, ow = (X.shape[0] - kh) // sh + 1, (X.shape[1] - kw) // sw + 1
    Y = X.new_zeros(oh, ow)
    for r in range(min(sh, kh)):
        for s in range(min(sw, kw)):
            phase, part = X[r::sh, s::sw], K[r::sh, s::sw]
            windows = phase.unfold(0, part.shape[0], 1).unfold(1, part.shape[1], 1)[:oh, :ow]
            Y = Y + (windows * part).sum((2, 3))
    return Y
