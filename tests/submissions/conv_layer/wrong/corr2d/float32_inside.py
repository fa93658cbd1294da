# wrong: computes in float32 and casts back to float64, which looks right and is not; is single_precision; caught by values, dtype
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    x, k = X.float(), K.float()
    return torch.einsum("ijab,ab->ij", x.unfold(0, k.shape[0], 1).unfold(1, k.shape[1], 1), k).to(X.dtype)
