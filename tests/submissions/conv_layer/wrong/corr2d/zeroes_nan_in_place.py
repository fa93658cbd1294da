# wrong: cleans NaN out of X itself; is hides_nan; caught by non_finite; keeps values, dtype
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    with torch.no_grad():
        X.data[~X.isfinite()] = 0
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
