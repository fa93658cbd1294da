# wrong: pads the image so that the output has its size; is same_padding; caught by values, impulse
def corr2d(X, K):
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    padded = F.pad(X, ((w - 1) // 2, w // 2, (h - 1) // 2, h // 2))
    return torch.einsum("ijab,ab->ij", padded.unfold(0, h, 1).unfold(1, w, 1), K)
