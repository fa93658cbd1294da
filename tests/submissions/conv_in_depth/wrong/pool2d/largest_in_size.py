# wrong: takes the entry of the largest absolute value; caught by max, negative; keeps avg, dtype, device, pure, refuses
def pool2d(X, pool_size, mode="max"):
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1).flatten(2)
    if mode == "max":
        return windows.gather(2, windows.abs().argmax(2, keepdim=True)).squeeze(2)
    if mode == "avg":
        return windows.mean(2)
    raise ValueError(mode)
