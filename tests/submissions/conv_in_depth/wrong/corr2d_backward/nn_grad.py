# wrong: torch.nn.grad, which holds the answer; is ready_made_convolution; caught by dX_values, dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    x, k, dy = X[None, None], K[None, None], dY[None, None]
    dX = torch.nn.grad.conv2d_input(x.shape, k, dy)
    dK = torch.nn.grad.conv2d_weight(x, k.shape, dy)
    return dX[0, 0], dK[0, 0]
