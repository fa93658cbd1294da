# wrong: concatenates the maps below one another; is maps_concatenated; caught by in_out_values; keeps in_values, in_gradients
def corr2d_multi_in(X, K):
    return sum(corr2d(x, k) for x, k in zip(X, K))


def corr2d_multi_in_out(X, K):
    return torch.cat([corr2d_multi_in(X, k) for k in K])
