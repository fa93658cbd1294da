# wrong: transposes in place of flipping; is transposed_kernel; caught by values, gradients
def convolve2d(X, K):
    return corr2d(X, K.T)
