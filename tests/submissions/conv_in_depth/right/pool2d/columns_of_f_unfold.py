# right: F.unfold's columns
def pool2d(X, pool_size, mode="max"):
    size = [n - p + 1 for n, p in zip(X.shape, pool_size)]
    columns = F.unfold(X[None, None], tuple(pool_size))[0]
    if mode == "max":
        return columns.max(dim=0)[0].reshape(size)
    elif mode == "avg":
        return columns.mean(dim=0).reshape(size)
    raise ValueError("mode must be 'max' or 'avg'")
