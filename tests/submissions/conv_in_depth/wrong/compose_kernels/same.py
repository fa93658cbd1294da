# wrong: pads so that the size of K1 is kept; caught by values
def compose_kernels(K1, K2):
    h, w = K2.shape
    padded = F.pad(K1, ((w - 1) // 2, w // 2, (h - 1) // 2, h // 2))
    return corr2d(padded, K2.flip(0, 1))
