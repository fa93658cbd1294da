# wrong: looks the mode up in a dictionary, which is a KeyError; caught by refuses; keeps max, avg, negative, gradients, dtype, device, pure
def pool2d(X, pool_size, mode="max"):
    pool = {"max": torch.amax, "avg": torch.mean}[mode]
    return pool(X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1), (2, 3))
