# wrong: answers -1 from white to black; is signs_exchanged; caught by vertical_edge_kernel, horizontal_edge_kernel; keeps diagonal_edge_kernel, sobel_kernels
def vertical_edge_kernel():
    return torch.tensor([[-1.0, 1.0]])


def horizontal_edge_kernel():
    return torch.tensor([[-1.0], [1.0]])


def diagonal_edge_kernel():
    return torch.tensor([[0.0, -1.0], [1.0, 0.0]])


def sobel_kernels():
    Kx = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    return Kx, Kx.T
