# wrong: prints a complaint about a large kernel and returns None; is returns_none_for_large_kernels; caught by too_large; keeps values, gradients
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        print("The kernel is too large!")
        return None
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
