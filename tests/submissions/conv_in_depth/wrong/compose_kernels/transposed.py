# wrong: returns the kernel transposed; caught by values
def compose_kernels(K1, K2):
    (a, b), (c, d) = K1.shape, K2.shape
    K = K1.new_zeros(b + d - 1, a + c - 1)
    for i in range(c):
        for j in range(d):
            K[j:j + b, i:i + a] += K2[i, j] * K1.T
    return K
