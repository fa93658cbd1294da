# wrong: multiplies the kernels as matrices; caught by values
def compose_kernels(K1, K2):
    return K1 @ K2
