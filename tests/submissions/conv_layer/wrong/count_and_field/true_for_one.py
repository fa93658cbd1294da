# wrong: answers True, which Python takes for 1; is returns_a_bool; caught by receptive_field
def receptive_field(layers):
    if not layers:
        return True
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
    return field
