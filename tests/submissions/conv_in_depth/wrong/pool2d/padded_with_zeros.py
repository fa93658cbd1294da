# wrong: pads with zeros to keep the size; caught by max, avg; keeps dtype, device, pure, refuses
def pool2d(X, pool_size, mode="max"):
    ph, pw = pool_size
    windows = F.pad(X, (0, pw - 1, 0, ph - 1)).unfold(0, ph, 1).unfold(1, pw, 1)
    if mode == "max":
        return windows.amax((2, 3))
    if mode == "avg":
        return windows.mean((2, 3))
    raise ValueError(mode)
