# wrong: one tensor (2, 3, 3) in place of a pair; is stacked; caught by sobel_kernels
def sobel_kernels():
    Kx = torch.tensor([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
    return torch.stack([Kx, Kx.T])
