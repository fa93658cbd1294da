# wrong: adds every channel with every kernel; is every_channel_with_every_kernel; caught by in_values, in_out_values
def corr2d_multi_in(X, K):
    return sum(corr2d(x, k) for x in X for k in K)


def corr2d_multi_in_out(X, K):
    return torch.stack([corr2d_multi_in(X, k) for k in K])
