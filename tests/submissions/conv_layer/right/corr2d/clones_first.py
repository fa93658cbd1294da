# right: works on clones, in place
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    x, k = X.clone(), K.clone().contiguous()
    Y = torch.full((h - kh + 1, w - kw + 1), 0.0, dtype=x.dtype, device=x.device)
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            product = x[i:i + kh, j:j + kw].clone()
            product *= k
            Y[i, j] += product.sum()
    return Y
