# wrong: F.conv2d, which has padding and stride; is ready_made_convolution; caught by values, defaults, views, dtype, device, gradients, pure, too_large
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    return F.conv2d(X[None, None], K[None, None], padding=padding, stride=stride)[0, 0]
