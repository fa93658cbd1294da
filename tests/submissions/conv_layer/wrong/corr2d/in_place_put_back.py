# wrong: negates K in place, and back again afterwards; is changes_its_inputs; caught by gradients, pure; keeps values, too_large
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    K *= -1
    Y = -torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
    K *= -1
    return Y
