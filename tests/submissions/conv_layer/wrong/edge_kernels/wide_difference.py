# wrong: adds both pixels in place of taking their difference; is no_difference; caught by vertical_edge_kernel, horizontal_edge_kernel, diagonal_edge_kernel
def vertical_edge_kernel():
    return torch.tensor([[1.0, 1.0]])


def horizontal_edge_kernel():
    return torch.tensor([[1.0], [0.0]])


def diagonal_edge_kernel():
    return torch.zeros(2, 2)
