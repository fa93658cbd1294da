# wrong: takes small answers for noise and sets them to zero; is small_set_to_zero; caught by values
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    Y = torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
    return torch.where(Y.abs() < 1e-6, torch.zeros_like(Y), Y)
