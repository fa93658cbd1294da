# wrong: cuts X into tiles with reshape, as if the stride were the window's size; caught by max, avg; keeps pure, refuses
def pool2d(X, pool_size, mode="max"):
    (h, w), (ph, pw) = X.shape, pool_size
    tiles = X[:h // ph * ph, :w // pw * pw].reshape(h // ph, ph, w // pw, pw)
    if mode == "max":
        return tiles.amax((1, 3))
    if mode == "avg":
        return tiles.mean((1, 3))
    raise ValueError(mode)
