# wrong: flips K2 in place; is changes_its_inputs; caught by pure; keeps values, dtype, device
def compose_kernels(K1, K2):
    h, w = K2.shape
    K2[:] = K2.flip(0, 1).clone()
    return corr2d(F.pad(K1, (w - 1, w - 1, h - 1, h - 1)), K2)
