# wrong: the minimum in place of the maximum; caught by max; keeps avg, dtype, device, pure, refuses
def pool2d(X, pool_size, mode="max"):
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    if mode == "max":
        return windows.amin((2, 3))
    if mode == "avg":
        return windows.mean((2, 3))
    raise ValueError(mode)
