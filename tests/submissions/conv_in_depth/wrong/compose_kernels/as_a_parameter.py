# wrong: puts the composed kernel into a Parameter, which is a new leaf; is graph_cut; caught by gradients; keeps values, dtype, device, pure
def compose_kernels(K1, K2):
    K = F.conv_transpose2d(K1[None, None], K2[None, None])[0, 0]
    return nn.Parameter(K)
