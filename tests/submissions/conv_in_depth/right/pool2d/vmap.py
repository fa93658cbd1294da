# right: vmap over the windows
def pool2d(X, pool_size, mode="max"):
    if mode not in ("max", "avg"):
        raise ValueError(mode)
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    return torch.vmap(torch.vmap(torch.max if mode == "max" else torch.mean))(windows)
