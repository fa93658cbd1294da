# wrong: takes the stride of the layer below for the product of all strides; is last_stride_only; caught by receptive_field
def receptive_field(layers):
    field, stride_below = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * stride_below
        stride_below = stride
    return field
