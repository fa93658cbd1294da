# wrong: torch.func.jacfwd, autograd forwards; caught by dX_values, dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    def forward(X, K):
        return (X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1) * K).sum((2, 3))

    JX, JK = torch.func.jacfwd(forward, argnums=(0, 1))(X, K)
    return torch.tensordot(dY, JX, dims=2), torch.tensordot(dY, JK, dims=2)
