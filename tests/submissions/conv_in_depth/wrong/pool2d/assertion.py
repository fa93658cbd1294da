# wrong: asserts the mode, which is an AssertionError; caught by refuses; keeps max, avg, negative, gradients, dtype, device, pure
def pool2d(X, pool_size, mode="max"):
    assert mode in ("max", "avg"), "no such mode"
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    return windows.amax((2, 3)) if mode == "max" else windows.mean((2, 3))
