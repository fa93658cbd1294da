# wrong: returns Kx alone; is one_kernel_only; caught by sobel_kernels
def sobel_kernels():
    return torch.tensor([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
