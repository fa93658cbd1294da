# right: zeros_like of a slice of X, whatever the layout of X
def corr2d(X, K):
    (kh, kw) = K.shape
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("kernel too large")
    Y = torch.zeros_like(X[kh - 1:, kw - 1:])
    for (i, j) in torch.cartesian_prod(torch.arange(Y.shape[0]), torch.arange(Y.shape[1])).tolist():
        Y[i][j] = torch.sum(X[i:i + kh, j:j + kw].mul(K))
    return Y
