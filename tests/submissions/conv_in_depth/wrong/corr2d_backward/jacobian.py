# wrong: torch.autograd.functional.jacobian; caught by dX_values, dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    JX, JK = torch.autograd.functional.jacobian(corr2d, (X, K))
    return torch.tensordot(dY, JX, dims=2), torch.tensordot(dY, JK, dims=2)
