# wrong: adaptive pooling to one number for each window; caught by max, avg
def pool2d(X, pool_size, mode="max"):
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    if mode == "max":
        return F.adaptive_max_pool2d(windows, 1)[..., 0, 0]
    if mode == "avg":
        return F.adaptive_avg_pool2d(windows, 1)[..., 0, 0]
    raise ValueError(mode)
