# wrong: a slip in one entry; is slip_in_one_entry; caught by sobel_kernels
def sobel_kernels():
    Kx = torch.tensor([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, 1.0]])
    return Kx, Kx.T
