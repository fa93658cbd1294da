# wrong: unfold's step is the window's size; caught by max, avg; keeps pure, refuses
def pool2d(X, pool_size, mode="max"):
    ph, pw = pool_size
    windows = X.unfold(0, ph, ph).unfold(1, pw, pw)
    if mode == "max":
        return windows.amax((2, 3))
    if mode == "avg":
        return windows.mean((2, 3))
    raise ValueError(mode)
