# wrong: takes K as (in, out, height, width); is kernel_axes_exchanged; caught by in_out_values; keeps in_values
def corr2d_multi_in(X, K):
    return sum(corr2d(x, k) for x, k in zip(X, K))


def corr2d_multi_in_out(X, K):
    return torch.stack([corr2d_multi_in(X, k) for k in K.transpose(0, 1)])
