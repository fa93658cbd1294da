# wrong: counts windows that only touch the image; is full_padding; caught by values, impulse
def corr2d(X, K):
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    padded = F.pad(X, (w - 1, w - 1, h - 1, h - 1))
    return torch.einsum("ijab,ab->ij", padded.unfold(0, h, 1).unfold(1, w, 1), K)
