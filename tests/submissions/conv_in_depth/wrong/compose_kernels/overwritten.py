# wrong: places a copy of K2 for each entry of K1, without adding where they overlap; caught by values; keeps dtype, device, pure
def compose_kernels(K1, K2):
    (a, b), (c, d) = K1.shape, K2.shape
    K = K1.new_zeros(a + c - 1, b + d - 1)
    for i in range(a):
        for j in range(b):
            K[i:i + c, j:j + d] = K1[i, j] * K2
    return K
