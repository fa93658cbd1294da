# wrong: gives X two more axes in place, for F.unfold; is changes_its_inputs; caught by pure; keeps defaults, dtype, too_large
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (h, w), (kh, kw), (ph, pw), (sh, sw) = X.shape, K.shape, padding, stride
    if kh > h + 2 * ph or kw > w + 2 * pw:
        raise ValueError("kernel too large")
    X.unsqueeze_(0).unsqueeze_(0)
    columns = F.unfold(X, (kh, kw), padding=padding, stride=stride)
    return (K.reshape(1, -1) @ columns[0]).reshape((h + 2 * ph - kh) // sh + 1, (w + 2 * pw - kw) // sw + 1)
