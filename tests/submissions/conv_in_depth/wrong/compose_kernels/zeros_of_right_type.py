# wrong: zeros of the right type, on the CPU; is stays_on_the_cpu, mixes_devices; caught by device; keeps values, gradients, dtype, pure
def compose_kernels(K1, K2):
    (a, b), (c, d) = K1.shape, K2.shape
    K = torch.zeros(a + c - 1, b + d - 1, dtype=K1.dtype)
    for i in range(a):
        for j in range(b):
            K[i:i + c, j:j + d] += K1[i, j] * K2
    return K
