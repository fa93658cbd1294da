# wrong: flips rows only; is flipped_upside_down; caught by values, gradients
def convolve2d(X, K):
    return corr2d(X, K.flip(0))
