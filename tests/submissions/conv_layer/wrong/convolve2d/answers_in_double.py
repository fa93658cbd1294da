# wrong: computes in float64 and forgets to cast back; is float64_whatever_comes_in; caught by dtype; keeps values, gradients, device, pure
def convolve2d(X, K):
    return F.conv2d(X[None, None].double(), K.flip(0, 1)[None, None].double())[0, 0]
