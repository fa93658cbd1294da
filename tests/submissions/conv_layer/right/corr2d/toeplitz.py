# right: one large matrix, mostly zeros, times the flattened image; loses at most 0.5
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    oh, ow = h - kh + 1, w - kw + 1
    T = K.new_zeros(oh * ow, h * w)
    for i in range(oh):
        for j in range(ow):
            for a in range(kh):
                T[i * ow + j, (i + a) * w + j:(i + a) * w + j + kw] = K[a]
    return (T @ X.reshape(-1)).reshape(oh, ow)
