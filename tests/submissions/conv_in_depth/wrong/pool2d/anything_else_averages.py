# wrong: whatever is not 'max' is the average; caught by refuses; keeps max, avg, negative, gradients, dtype, device, pure
def pool2d(X, pool_size, mode="max"):
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    return windows.amax((2, 3)) if mode == "max" else windows.mean((2, 3))
