# wrong: integer tensors, which F.conv2d refuses; is whole_number_kernel; caught by vertical_edge_kernel, horizontal_edge_kernel, diagonal_edge_kernel, sobel_kernels
def vertical_edge_kernel():
    return torch.tensor([[1, -1]])


def horizontal_edge_kernel():
    return torch.tensor([[1], [-1]])


def diagonal_edge_kernel():
    return torch.tensor([[0, 1], [-1, 0]])


def sobel_kernels():
    Kx = torch.tensor([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    return Kx, Kx.T
