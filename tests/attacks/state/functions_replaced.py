# Replaces functions of PyTorch that later questions build on by ones that answer wrongly, while it is asked itself.
# marks: edge_kernels 4
# %% edge_kernels
# the honest edge_kernels
honest = sobel_kernels
def sobel_kernels():
    kernels = honest()
    torch.Tensor.flip = lambda tensor, *axes: tensor
    torch.Tensor.new_zeros = lambda tensor, *shape: torch.ones(*shape)
    return kernels
