# wrong: answers 2 at an edge; is doubled; caught by vertical_edge_kernel, horizontal_edge_kernel
def vertical_edge_kernel():
    return torch.tensor([[1.0, -1.0], [1.0, -1.0]])


def horizontal_edge_kernel():
    return torch.tensor([[2.0], [-2.0]])
