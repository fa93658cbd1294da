# right: flips, then cross-correlates
def convolve2d(X, K):
    return corr2d(X, K.flip(0, 1))
