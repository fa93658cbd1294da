# wrong: returns the ValueError in place of raising it; caught by refuses; keeps max, avg, negative, gradients, dtype, device, pure
def pool2d(X, pool_size, mode="max"):
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    if mode == "max":
        return windows.amax((2, 3))
    if mode == "avg":
        return windows.mean((2, 3))
    return ValueError(f"no mode {mode}")
