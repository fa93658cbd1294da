# wrong: adds up the kernel sizes; is kernels_added; caught by receptive_field
def receptive_field(layers):
    return sum(kernel for kernel, _ in layers)
