# wrong: Ky is Kx again; is second_not_transposed; caught by sobel_kernels
def sobel_kernels():
    Kx = torch.tensor([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
    return Kx, Kx
