# wrong: divides by the height squared; caught by avg; keeps max, negative, dtype, device, pure, refuses
def pool2d(X, pool_size, mode="max"):
    ph, pw = pool_size
    windows = X.unfold(0, ph, 1).unfold(1, pw, 1)
    if mode == "max":
        return windows.amax((2, 3))
    if mode == "avg":
        return windows.sum((2, 3)) / ph ** 2
    raise ValueError(mode)
