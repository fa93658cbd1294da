# wrong: adds the kernels; caught by values
def compose_kernels(K1, K2):
    (a, b), (c, d) = K1.shape, K2.shape
    return F.pad(K1, (0, d - 1, 0, c - 1)) + F.pad(K2, (0, b - 1, 0, a - 1))
