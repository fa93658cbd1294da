# wrong: full cross-correlation: K2 is not flipped; caught by values; keeps dtype, device, pure
def compose_kernels(K1, K2):
    h, w = K2.shape
    padded = F.pad(K1, (w - 1, w - 1, h - 1, h - 1))
    return corr2d(padded, K2)
