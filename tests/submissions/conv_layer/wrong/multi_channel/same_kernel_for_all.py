# wrong: the first stack of kernels for every output; is same_kernel_for_all; caught by in_out_values; keeps in_values
def corr2d_multi_in(X, K):
    return sum(corr2d(x, k) for x, k in zip(X, K))


def corr2d_multi_in_out(X, K):
    return torch.stack([corr2d_multi_in(X, K[0]) for _ in K])
