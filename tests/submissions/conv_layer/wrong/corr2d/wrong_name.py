# wrong: the function has another name; is undefined; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
def corr2D(X, K):
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
