# right: never pads: clips the window at the border, and the kernel with it
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw), (h, w), (kh, kw) = padding, stride, X.shape, K.shape
    if kh > h + 2 * ph or kw > w + 2 * pw:
        raise ValueError("kernel too large")
    rows = []
    for top in range(-ph, h + ph - kh + 1, sh):
        row = []
        for left in range(-pw, w + pw - kw + 1, sw):
            window = X[max(top, 0):max(top + kh, 0), max(left, 0):max(left + kw, 0)]
            a, b = max(-top, 0), max(-left, 0)
            part = K[a:a + window.shape[0], b:b + window.shape[1]]
            row.append((window[:part.shape[0], :part.shape[1]] * part).sum())
        rows.append(torch.stack(row))
    return torch.stack(rows)
