# right: one large matrix times the flattened padded image
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    (h, w), (kh, kw), (sh, sw) = X.shape, K.shape, stride
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    oh, ow = (h - kh) // sh + 1, (w - kw) // sw + 1
    T = K.new_zeros(oh, ow, h, w)
    for i in range(oh):
        for j in range(ow):
            T[i, j, i * sh:i * sh + kh, j * sw:j * sw + kw] = K
    return (T.reshape(oh * ow, h * w) @ X.reshape(-1)).reshape(oh, ow)
