# wrong: cross-correlation under another name; caught by values, gradients
def convolve2d(X, K):
    return corr2d(X, K)
