# wrong: hides NaN and infinity behind numbers; is hides_nan; caught by non_finite; keeps values, impulse, views, dtype, device, gradients, pure, fresh, too_large
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K).nan_to_num()
