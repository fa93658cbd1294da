# wrong: starts from the first layer and fails when there is none; is no_layers; caught by receptive_field
def receptive_field(layers):
    field, jump = layers[0]
    for kernel, stride in layers[1:]:
        field += (kernel - 1) * jump
        jump *= stride
    return field
