# right: flips the image instead of the kernel, and the result back
def convolve2d(X, K):
    return corr2d(X.flip((0, 1)), K).flip((0, 1))
