# wrong: X.view(-1), which only contiguous tensors have; is needs_contiguous; caught by views; keeps values, impulse, dtype, gradients
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    flat, weights = X.view(-1), K.view(-1)
    rows = []
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            pieces = [flat[(i + a) * w + j:(i + a) * w + j + kw] for a in range(kh)]
            rows.append((torch.cat(pieces) * weights).sum())
    return torch.stack(rows).view(h - kh + 1, w - kw + 1)
