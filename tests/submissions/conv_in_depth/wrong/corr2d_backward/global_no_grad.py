# wrong: switches gradients off for good, "without autograd"; is changes_global_settings; caught by both_pure; keeps dX_values, dK_values, both_dtype, both_device
def corr2d_backward(X, K, dY):
    torch.set_grad_enabled(False)
    kh, kw = K.shape
    return corr2d(F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1)), K.flip(0, 1)), corr2d(X, dY)
