# wrong: brings the inputs to the CPU and leaves the output there; is stays_on_the_cpu; caught by device; keeps values, dtype, gradients, non_finite
def corr2d(X, K):
    X, K = X.cpu(), K.cpu()
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
