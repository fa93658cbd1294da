# wrong: torch.func.grad of the sum that dY weights; caught by dX_values, dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    def weighted(X, K):
        return (dY * torch.tensordot(X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)).sum()

    return torch.func.grad(weighted, argnums=(0, 1))(X, K)
