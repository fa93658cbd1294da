# wrong: calls the second mode 'mean'; caught by avg; keeps max, negative, pure
def pool2d(X, pool_size, mode="max"):
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    if mode == "max":
        return windows.amax((2, 3))
    if mode == "mean":
        return windows.mean((2, 3))
    raise ValueError(mode)
