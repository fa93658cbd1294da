# wrong: refuses the half-precision types; is refuses_half; caught by half; keeps values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    if X.dtype not in (torch.float32, torch.float64):
        raise TypeError(f"no {X.dtype} here")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
