# wrong: a new nn.Linear, whose weight is set by its data: no gradient for K, and random numbers are drawn; caught by gradients, pure; keeps values, one_product, dtype, device
def corr2d_multi_in_out_1x1(X, K):
    layer = nn.Linear(K.shape[1], K.shape[0], bias=False)
    layer.weight.data = K[:, :, 0, 0]
    return layer(X.permute(1, 2, 0)).permute(2, 0, 1)
