# wrong: pads by c in place of c - 1; caught by values
def compose_kernels(K1, K2):
    h, w = K2.shape
    return corr2d(F.pad(K1, (w, w, h, h)), K2.flip(0, 1))
