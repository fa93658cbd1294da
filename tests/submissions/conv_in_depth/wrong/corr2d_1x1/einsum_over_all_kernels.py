# wrong: the kernels' sums: einsum without the channel in common; caught by values
def corr2d_multi_in_out_1x1(X, K):
    return torch.einsum("oi,chw->ohw", K[:, :, 0, 0], X)
