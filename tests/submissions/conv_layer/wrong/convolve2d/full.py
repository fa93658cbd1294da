# wrong: the full convolution, with windows that only touch the image; is full_padding; caught by values, gradients
def convolve2d(X, K):
    return F.conv_transpose2d(X[None, None], K[None, None])[0, 0]
