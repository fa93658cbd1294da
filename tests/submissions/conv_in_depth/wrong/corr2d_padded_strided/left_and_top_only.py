# wrong: pads before the first row and column only; caught by values; keeps defaults, dtype, device, pure
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw), (kh, kw), (h, w) = padding, stride, K.shape, X.shape
    padded = X.new_zeros(h + ph, w + pw)
    padded[ph:, pw:] = X
    if kh > h + ph or kw > w + pw:
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", padded.unfold(0, kh, sh).unfold(1, kw, sw), K)
