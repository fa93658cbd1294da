# wrong: pairs the channels in opposite order; is channels_reversed; caught by in_values, in_out_values
def corr2d_multi_in(X, K):
    return sum(corr2d(x, k) for x, k in zip(X.flip(0), K))


def corr2d_multi_in_out(X, K):
    return torch.stack([corr2d_multi_in(X, k) for k in K])
