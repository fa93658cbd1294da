# wrong: torch.autograd.grad; caught by dX_values, dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    X, K = X.detach().clone().requires_grad_(), K.detach().clone().requires_grad_()
    return torch.autograd.grad(corr2d(X, K), (X, K), dY)
