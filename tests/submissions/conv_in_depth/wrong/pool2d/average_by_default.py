# wrong: averages where no mode is given; caught by max; keeps avg, refuses
def pool2d(X, pool_size, mode="avg"):
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    if mode == "max":
        return windows.amax((2, 3))
    if mode == "avg":
        return windows.mean((2, 3))
    raise ValueError(mode)
