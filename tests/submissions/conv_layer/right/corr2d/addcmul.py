# right: fused multiply and add, started from the first product
def corr2d(X, K):
    kh, kw = K.shape
    oh, ow = X.shape[0] - kh + 1, X.shape[1] - kw + 1
    if oh < 1 or ow < 1:
        raise ValueError(f"kernel {tuple(K.shape)} does not fit in {tuple(X.shape)}")
    Y = None
    for a in range(kh):
        for b in range(kw):
            patch = X.narrow(0, a, oh).narrow(1, b, ow)
            Y = patch * K[a, b] if Y is None else torch.addcmul(Y, patch, K[a, b])
    return Y
