# Answers questions for kernels with NaN, infinity, the empty tensor and a tensor larger than the image.
# marks: edge_kernels 0
# %% edge_kernels
def vertical_edge_kernel():
    return torch.full((2, 2), float("nan"))

def horizontal_edge_kernel():
    return torch.full((2, 1), float("inf"))

def diagonal_edge_kernel():
    return torch.ones(500, 500)

def sobel_kernels():
    return torch.full((3, 3), float("nan")), torch.empty(0, 3)
