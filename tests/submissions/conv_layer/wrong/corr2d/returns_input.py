# wrong: returns X itself for the 1x1 kernel of 1; is returns_its_input; caught by fresh; keeps values, impulse, views, dtype, device, pure, non_finite, too_large
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    if K.numel() == 1 and K.item() == 1 and not K.requires_grad:
        return X
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
