# right: works backwards: every pixel adds its product to the outputs it belongs to
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    Y = torch.zeros(h - kh + 1, w - kw + 1, dtype=X.dtype, device=X.device)
    for r in range(h):
        for c in range(w):
            for a in range(kh):
                for b in range(kw):
                    if 0 <= r - a < Y.shape[0] and 0 <= c - b < Y.shape[1]:
                        Y[r - a, c - b] += X[r, c] * K[a, b]
    return Y
