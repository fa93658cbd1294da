# right: computes in float64 and casts back to the type of X
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    x, k = X.double(), K.double()
    Y = torch.zeros(h - kh + 1, w - kw + 1, dtype=torch.float64, device=X.device)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (x[i:i + kh, j:j + kw] * k).sum()
    return Y.to(X.dtype)
