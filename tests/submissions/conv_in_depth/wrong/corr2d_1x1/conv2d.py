# wrong: F.conv2d; is ready_made_convolution; caught by values, one_product, gradients, dtype, device, pure
def corr2d_multi_in_out_1x1(X, K):
    return F.conv2d(X[None], K)[0]
