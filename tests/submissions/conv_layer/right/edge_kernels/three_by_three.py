# right: 3x3 kernels, padded with zeros or averaged; Sobel by outer products with the other sign, in a list
def vertical_edge_kernel():
    return torch.tensor([[0.0, 0.0, 0.0], [0.0, 1.0, -1.0], [0.0, 0.0, 0.0]])


def horizontal_edge_kernel():
    return torch.tensor([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [-1.0, -1.0, -1.0]]) / 3


def diagonal_edge_kernel():
    return torch.tensor([[0.0, -1.0, -1.0], [1.0, 0.0, -1.0], [1.0, 1.0, 0.0]])


def sobel_kernels():
    smooth, difference = torch.tensor([1.0, 2.0, 1.0]), torch.tensor([-1.0, 0.0, 1.0])
    return [torch.outer(smooth, difference), torch.outer(difference, smooth)]
