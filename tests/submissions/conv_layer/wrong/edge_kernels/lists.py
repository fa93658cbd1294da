# wrong: nested lists, no tensors; is returns_a_list; caught by vertical_edge_kernel, horizontal_edge_kernel, diagonal_edge_kernel, sobel_kernels
def vertical_edge_kernel():
    return [[1.0, -1.0]]


def horizontal_edge_kernel():
    return [[1.0], [-1.0]]


def diagonal_edge_kernel():
    return [[0.0, 1.0], [-1.0, 0.0]]


def sobel_kernels():
    return [[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]], [[1.0, 2.0, 1.0], [0.0, 0.0, 0.0], [-1.0, -2.0, -1.0]]
