# Recurses without end, with Python's own limit taken off.
# marks: edge_kernels 3
# %% edge_kernels
# the honest edge_kernels
def sobel_kernels():
    import sys
    sys.setrecursionlimit(10**9)
    return sobel_kernels()
