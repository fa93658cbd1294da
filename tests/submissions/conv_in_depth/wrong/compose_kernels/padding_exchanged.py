# wrong: F.pad gets the height's padding for the width; caught by values
def compose_kernels(K1, K2):
    h, w = K2.shape
    return corr2d(F.pad(K1, (h - 1, h - 1, w - 1, w - 1)), K2.flip(0, 1))
