# wrong: gathers in torch.zeros(shape); is float32_whatever_comes_in, stays_on_the_cpu; caught by dtype, device; keeps gradients, pure
def compose_kernels(K1, K2):
    (a, b), (c, d) = K1.shape, K2.shape
    K = torch.zeros(a + c - 1, b + d - 1)
    for i in range(a):
        for j in range(b):
            K[i:i + c, j:j + d] += K1[i, j] * K2
    return K
