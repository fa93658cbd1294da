# wrong: .backward() on copies; caught by dX_values, dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    X, K = X.detach().clone().requires_grad_(), K.detach().clone().requires_grad_()
    windows = X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1)
    (windows * K).sum((2, 3)).backward(dY)
    return X.grad, K.grad
