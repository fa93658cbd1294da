# wrong: kernels shaped for F.conv2d; is four_axes; caught by vertical_edge_kernel, horizontal_edge_kernel, diagonal_edge_kernel, sobel_kernels
def vertical_edge_kernel():
    return torch.tensor([[1.0, -1.0]])[None]


def horizontal_edge_kernel():
    return torch.tensor([[1.0], [-1.0]])[None, None]


def diagonal_edge_kernel():
    return torch.tensor([[[0.0, 1.0], [-1.0, 0.0]]])


def sobel_kernels():
    Kx = torch.tensor([[[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]]])
    return Kx, Kx.mT
