# wrong: seeds PyTorch's generator "to be reproducible"; is changes_global_settings; caught by pure; keeps values, impulse, views, dtype, device, gradients, fresh, non_finite, too_large
def corr2d(X, K):
    torch.manual_seed(0)
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
