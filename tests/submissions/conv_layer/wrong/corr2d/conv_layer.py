# wrong: makes an nn.Conv2d and gives it the kernel as weight; is ready_made_convolution; caught by values, dtype, device, gradients
def corr2d(X, K):
    layer = nn.Conv2d(1, 1, K.shape, bias=False)
    layer.weight = nn.Parameter(K[None, None])
    return layer(X[None, None])[0, 0]
