# wrong: stacks the maps along the last axis; is output_axis_last; caught by in_out_values, in_out_gradients; keeps in_values, in_gradients
def corr2d_multi_in(X, K):
    return sum(corr2d(x, k) for x, k in zip(X, K))


def corr2d_multi_in_out(X, K):
    return torch.stack([corr2d_multi_in(X, k) for k in K], dim=-1)
