# right: window positions from meshgrid over aranges on the image's device
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    sides = [torch.arange(n, device=X.device) for n in (h - kh + 1, w - kw + 1, kh, kw)]
    i, j, a, b = torch.meshgrid(*sides, indexing="ij")
    return (X[i + a, j + b] * K).sum(dim=(2, 3))
