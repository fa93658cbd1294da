# wrong: moves the window by two; is stride_two; caught by values, impulse
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 2).unfold(1, K.shape[1], 2), K)
