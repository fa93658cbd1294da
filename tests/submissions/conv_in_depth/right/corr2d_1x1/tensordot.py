# right: tensordot over the input channels
def corr2d_multi_in_out_1x1(X, K):
    return torch.tensordot(K[..., 0, 0], X, dims=1)
