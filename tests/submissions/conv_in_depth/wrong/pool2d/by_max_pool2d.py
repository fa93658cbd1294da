# wrong: F.max_pool2d and F.avg_pool2d; caught by max, avg, negative, gradients, dtype, device, pure; keeps refuses
def pool2d(X, pool_size, mode="max"):
    if mode == "max":
        return F.max_pool2d(X[None, None], pool_size, stride=1)[0, 0]
    if mode == "avg":
        return F.avg_pool2d(X[None, None], pool_size, stride=1)[0, 0]
    raise ValueError(mode)
