# wrong: cross-correlation under another name; is not_flipped; caught by values, gradients
def convolve2d(X, K):
    return corr2d(X, K)
