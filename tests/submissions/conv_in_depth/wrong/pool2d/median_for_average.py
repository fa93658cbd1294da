# wrong: the median in place of the mean; caught by avg; keeps max, negative, dtype, device, pure, refuses
def pool2d(X, pool_size, mode="max"):
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1).flatten(2)
    if mode == "max":
        return windows.amax(2)
    if mode == "avg":
        return windows.median(2).values
    raise ValueError(mode)
