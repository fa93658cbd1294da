# wrong: flips the output; is flipped_output; caught by values
def convolve2d(X, K):
    return corr2d(X, K).flip(0, 1)
