# wrong: the output's type is float32, on the right device; is float32_whatever_comes_in; caught by dtype; keeps gradients, device, pure
def compose_kernels(K1, K2):
    (a, b), (c, d) = K1.shape, K2.shape
    K = torch.zeros(a + c - 1, b + d - 1, device=K1.device)
    for i in range(a):
        for j in range(b):
            K[i:i + c, j:j + d] += K1[i, j] * K2
    return K
