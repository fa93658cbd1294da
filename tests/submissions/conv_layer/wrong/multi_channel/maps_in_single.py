# wrong: makes the maps on X's device and forgets its type; is float32_whatever_comes_in; caught by in_out_dtype; keeps in_values, in_gradients, in_dtype, in_device, in_pure, in_out_values, in_out_gradients, in_out_device, in_out_pure
def corr2d_multi_in(X, K):
    return sum(corr2d(x, k) for x, k in zip(X, K))


def corr2d_multi_in_out(X, K):
    maps = torch.zeros(len(K), X.shape[1] - K.shape[2] + 1, X.shape[2] - K.shape[3] + 1, device=X.device)
    for o, kernels in enumerate(K):
        maps[o] = corr2d_multi_in(X, kernels)
    return maps
