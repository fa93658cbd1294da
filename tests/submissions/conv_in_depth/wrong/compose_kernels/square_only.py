# wrong: takes heights for widths too; caught by values
def compose_kernels(K1, K2):
    a, c = K1.shape[0], K2.shape[0]
    K = K1.new_zeros(a + c - 1, a + c - 1)
    for i in range(a):
        for j in range(a):
            K[i:i + c, j:j + c] += K1[i, j] * K2
    return K
