# right: shifts and adds, entry by entry, by recursion over K2's rows
def compose_kernels(K1, K2):
    (a, b), (c, d) = K1.shape, K2.shape
    first = sum(F.pad(K2[0, j] * K1, (j, d - 1 - j)) for j in range(d))
    if c == 1:
        return first
    return F.pad(first, (0, 0, 0, c - 1)) + F.pad(compose_kernels(K1, K2[1:]), (0, 0, 1, 0))
