# wrong: takes K1's entries out as numbers; caught by gradients; keeps values, dtype, device, pure
def compose_kernels(K1, K2):
    (a, b), (c, d) = K1.shape, K2.shape
    K = K1.new_zeros(a + c - 1, b + d - 1)
    for i in range(a):
        for j in range(b):
            K[i:i + c, j:j + d] += K1[i, j].item() * K2
    return K
