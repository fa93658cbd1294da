# wrong: K1 in the middle of zeros; caught by values
def compose_kernels(K1, K2):
    c, d = K2.shape
    return F.pad(K1, (0, d - 1, 0, c - 1))
