# wrong: divides by the number of the image's pixels; caught by avg; keeps max, negative, dtype, device, pure, refuses
def pool2d(X, pool_size, mode="max"):
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    if mode == "max":
        return windows.amax((2, 3))
    if mode == "avg":
        return windows.sum((2, 3)) / X.numel()
    raise ValueError(mode)
