# wrong: casts everything to float32; is float32_whatever_comes_in, half_comes_out_as_float32; caught by dtype, half; keeps values, impulse, views, device, gradients, pure, fresh, too_large
def corr2d(X, K):
    X, K = X.float(), K.float()
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
