# Returns tensors that are small in memory and enormous to copy.
# marks: edge_kernels 0
# %% edge_kernels
def vertical_edge_kernel():
    return torch.ones(1, 1).expand(10**6, 10**6)

def horizontal_edge_kernel():
    return torch.ones(1, 1).expand(10**4, 10**4)

def diagonal_edge_kernel():
    return torch.empty(10**12, 0)

def sobel_kernels():
    return torch.ones(1, 1).expand(2**31, 2**31), torch.empty(2**40, 0)
