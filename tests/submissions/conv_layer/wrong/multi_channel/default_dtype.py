# wrong: sets the default type to X's, so that torch.zeros has it; is changes_global_settings, mixes_devices, stays_on_the_cpu; caught by in_pure, in_device; keeps in_values, in_gradients, in_dtype, in_out_values, in_out_gradients, in_out_dtype, in_out_device, in_out_pure
def corr2d_multi_in(X, K):
    torch.set_default_dtype(X.dtype)
    Y = torch.zeros(X.shape[1] - K.shape[1] + 1, X.shape[2] - K.shape[2] + 1)
    for x, k in zip(X, K):
        Y = Y + corr2d(x, k)
    return Y


def corr2d_multi_in_out(X, K):
    return torch.stack([corr2d_multi_in(X, k) for k in K])
