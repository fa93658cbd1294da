# wrong: full cross-correlation: K2 is not flipped; is second_not_flipped; caught by values
def compose_kernels(K1, K2):
    h, w = K2.shape
    padded = F.pad(K1, (w - 1, w - 1, h - 1, h - 1))
    return corr2d(padded, K2)
