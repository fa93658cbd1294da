# right: vmap over the rows of pixels, which makes one product of them
def corr2d_multi_in_out_1x1(X, K):
    weights = K[:, :, 0, 0]
    return torch.vmap(lambda column: weights @ column, in_dims=2, out_dims=2)(X)
