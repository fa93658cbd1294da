# right: one-dimensional correlation of rows, added up over the kernel's rows
def corr1d(x, k):
    return torch.stack([x[:, j:j + len(k)] @ k for j in range(x.shape[1] - len(k) + 1)], dim=1)


def corr2d(X, K):
    kh, kw = K.shape
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("kernel too large")
    oh = X.shape[0] - kh + 1
    return sum(corr1d(X[a:a + oh], K[a]) for a in range(kh))
