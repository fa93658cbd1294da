# wrong: does not look at the mode; caught by avg, refuses; keeps max, negative, dtype, device, pure
def pool2d(X, pool_size, mode="max"):
    return X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1).amax((2, 3))
