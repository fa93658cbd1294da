# wrong: multiplies by a layer's own stride already; is own_stride_counted; caught by receptive_field
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride in layers:
        jump *= stride
        field += (kernel - 1) * jump
    return field
