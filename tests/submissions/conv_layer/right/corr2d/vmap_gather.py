# right: vmap over start indices, each window gathered by index arithmetic
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    a = torch.arange(kh, device=X.device)[:, None]
    b = torch.arange(kw, device=X.device)[None, :]

    def at(i, j):
        return (X[i + a, j + b] * K).sum()

    rows = torch.arange(h - kh + 1, device=X.device)
    columns = torch.arange(w - kw + 1, device=X.device)
    return torch.vmap(lambda i: torch.vmap(lambda j: at(i, j))(columns))(rows)
