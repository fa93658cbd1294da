# wrong: an output of zeros is left as it is for another mode; caught by refuses; keeps max, avg, negative, gradients, dtype, device, pure
def pool2d(X, pool_size, mode="max"):
    h, w = pool_size
    Y = X.new_zeros(X.shape[0] - h + 1, X.shape[1] - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            if mode == "max":
                Y[i, j] = X[i:i + h, j:j + w].max()
            elif mode == "avg":
                Y[i, j] = X[i:i + h, j:j + w].mean()
    return Y
