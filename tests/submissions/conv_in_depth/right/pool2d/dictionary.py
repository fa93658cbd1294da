# right: functions in a dictionary, whose KeyError becomes a ValueError
POOLS = {"max": lambda windows: windows.amax((2, 3)), "avg": lambda windows: windows.mean((2, 3))}


def pool2d(X, pool_size, mode="max"):
    try:
        pool = POOLS[mode]
    except KeyError:
        raise ValueError(f"{mode!r}: expected one of {', '.join(POOLS)}") from None
    (h, w), (ph, pw), (down, right) = X.shape, pool_size, X.stride()
    return pool(X.as_strided((h - ph + 1, w - pw + 1, ph, pw), (down, right, down, right)))
