# right: torch.zeros inside a `with X.device` block, and the type named
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    with torch.device(X.device):
        Y = torch.zeros(h - kh + 1, w - kw + 1, dtype=X.dtype)
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            Y[i, j] = torch.sum(X[i:i + kh, j:j + kw] * K)
    return Y
