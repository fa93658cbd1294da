# wrong: collects numbers in a list; is graph_cut; caught by in_gradients, in_out_gradients; keeps in_values, in_out_values
def corr2d_multi_in(X, K):
    return sum(corr2d(x, k) for x, k in zip(X, K)).detach()


def corr2d_multi_in_out(X, K):
    return torch.stack([corr2d_multi_in(X, k) for k in K])
