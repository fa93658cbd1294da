# right: rolls the whole image over each kernel entry and crops at the end
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    total = 0
    for a in range(kh):
        for b in range(kw):
            total = total + torch.roll(X, shifts=(-a, -b), dims=(0, 1)) * K[a, b]
    return total[:h - kh + 1, :w - kw + 1]
