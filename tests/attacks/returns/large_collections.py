# Returns collections that are large, deep or within themselves.
# marks: edge_kernels 0
# marks: count_and_field 0
# %% edge_kernels
def vertical_edge_kernel():
    itself = []
    itself.append(itself)
    return itself

def horizontal_edge_kernel():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return deep

def diagonal_edge_kernel():
    return dict.fromkeys(range(10**6), 1.0)

def sobel_kernels():
    return [[[["x" * 400] * 16] * 16] * 64] * 16
# %% count_and_field
def num_conv_params(*arguments, **named):
    return "x" * 10**8

def receptive_field(layers):
    return 10 ** 10_000
