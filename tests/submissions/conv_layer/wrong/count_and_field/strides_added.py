# wrong: adds the strides in place of multiplying them; is strides_added; caught by receptive_field
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump += stride - 1
    return field
