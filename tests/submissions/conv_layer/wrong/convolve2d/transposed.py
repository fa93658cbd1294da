# wrong: transposes in place of flipping; caught by values, gradients
def convolve2d(X, K):
    return corr2d(X, K.T)
