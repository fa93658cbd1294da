# wrong: nn.AvgPool2d for the average; caught by avg
def pool2d(X, pool_size, mode="max"):
    if mode == "max":
        return X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1).amax((2, 3))
    if mode == "avg":
        return nn.AvgPool2d(pool_size, stride=1)(X[None])[0]
    raise ValueError(mode)
