# Returns a hundred megabytes of tensors.
# marks: edge_kernels 3
# %% edge_kernels
# the honest edge_kernels
def sobel_kernels():
    return torch.ones(5000, 5000), torch.ones(5000, 5000)
