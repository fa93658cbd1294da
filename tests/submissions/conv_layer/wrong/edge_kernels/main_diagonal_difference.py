# wrong: the difference along the diagonal edge in place of across it; is mirrored; caught by diagonal_edge_kernel; keeps vertical_edge_kernel
def vertical_edge_kernel():
    return torch.tensor([[1.0, -1.0]])


def diagonal_edge_kernel():
    return torch.tensor([[1.0, 0.0], [0.0, -1.0]])
