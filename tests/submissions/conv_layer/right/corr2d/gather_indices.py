# right: one gather with a four-dimensional index, kept on the CPU
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    rows = torch.arange(h - kh + 1)[:, None, None, None] + torch.arange(kh)[:, None]
    columns = torch.arange(w - kw + 1)[:, None, None] + torch.arange(kw)
    return (X[rows, columns] * K).sum((-1, -2))
