# wrong: torch.func.vjp; caught by dX_values, dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    _, pull_back = torch.func.vjp(corr2d, X, K)
    return pull_back(dY)
