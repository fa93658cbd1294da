# Raises an exception with a message of a hundred megabytes, in a cell and in a call.
# marks: edge_kernels 3
# %% own cell
raise ValueError("x" * 10**8)
# %% edge_kernels
# the honest edge_kernels
def sobel_kernels():
    raise ValueError("x" * 10**8)
