# wrong: no padding: the size is a-c+1; caught by values
def compose_kernels(K1, K2):
    return corr2d(K1, K2.flip(0, 1))
