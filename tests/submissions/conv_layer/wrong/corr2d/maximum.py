# wrong: takes the largest product in place of the sum; is largest_product; caught by values, gradients
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return (X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1) * K).amax((2, 3))
