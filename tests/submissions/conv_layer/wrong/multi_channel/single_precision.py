# wrong: collects maps in float32 zeros; is float32_whatever_comes_in, mixes_devices; caught by in_dtype, in_device; keeps in_values, in_out_values, in_out_dtype, in_out_device
def corr2d_multi_in(X, K):
    Y = torch.zeros(X.shape[1] - K.shape[1] + 1, X.shape[2] - K.shape[2] + 1)
    for x, k in zip(X, K):
        Y += corr2d(x, k)
    return Y


def corr2d_multi_in_out(X, K):
    return torch.stack([corr2d_multi_in(X, k) for k in K])
