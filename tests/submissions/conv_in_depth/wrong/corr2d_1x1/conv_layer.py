# wrong: a layer nn.Conv2d whose weight is set; is ready_made_convolution; caught by values, one_product, gradients, dtype, device, pure
def corr2d_multi_in_out_1x1(X, K):
    layer = nn.Conv2d(K.shape[1], K.shape[0], kernel_size=1, bias=False)
    layer.weight = nn.Parameter(K)
    return layer(X)
