# wrong: F.conv2d with a kernel of equal weights for the average; is ready_made_convolution; caught by avg
def pool2d(X, pool_size, mode="max"):
    if mode == "max":
        return X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1).amax((2, 3))
    if mode == "avg":
        K = X.new_full((1, 1, *pool_size), 1 / (pool_size[0] * pool_size[1]))
        return F.conv2d(X[None, None], K)[0, 0]
    raise ValueError(mode)
