# wrong: flips the image and leaves the output flipped; is flipped_image; caught by values, gradients
def convolve2d(X, K):
    return corr2d(X.flip(0, 1), K)
