# right: float64 kernels that average over neighbours too
def vertical_edge_kernel():
    return torch.tensor([[0.5, -0.5], [0.5, -0.5]], dtype=torch.float64)


def horizontal_edge_kernel():
    return vertical_edge_kernel().t()


def diagonal_edge_kernel():
    return torch.tensor([[0, 0.5, 1], [-0.5, 0, 0.5], [-1, -0.5, 0]], dtype=torch.float64)


def sobel_kernels():
    Kx = torch.tensor([[1.0], [2.0], [1.0]], dtype=torch.float64) @ torch.tensor([[1.0, 0.0, -1.0]], dtype=torch.float64)
    return (Kx, -Kx.t())
