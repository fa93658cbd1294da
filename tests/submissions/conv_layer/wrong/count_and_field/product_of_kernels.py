# wrong: multiplies the kernel sizes; is kernels_multiplied; caught by receptive_field
def receptive_field(layers):
    field = 1
    for kernel, stride in layers:
        field *= kernel
    return field
