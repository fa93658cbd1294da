# wrong: flips K2 upside down only; caught by values
def compose_kernels(K1, K2):
    h, w = K2.shape
    return corr2d(F.pad(K1, (w - 1, w - 1, h - 1, h - 1)), K2.flip(0))
