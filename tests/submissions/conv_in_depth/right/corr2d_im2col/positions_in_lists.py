# right: positions from Python's loops, which depend on no pixel; one index operation
def im2col(X, kernel_size):
    (h, w), (kh, kw) = X.shape, kernel_size
    places = [
        [(i + a) * w + j + b for i in range(h - kh + 1) for j in range(w - kw + 1)]
        for a in range(kh) for b in range(kw)
    ]
    return X.flatten()[torch.tensor(places, device=X.device)]


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.flatten() @ im2col(X, K.shape)).reshape(size)
