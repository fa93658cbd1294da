# right: the last of the sorted window
def pool2d(X, pool_size, mode="max"):
    if mode != "max" and mode != "avg":
        raise ValueError("unknown mode")
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1).flatten(2)
    return windows.sort(dim=-1).values[..., -1] if mode == "max" else windows.mean(-1)
