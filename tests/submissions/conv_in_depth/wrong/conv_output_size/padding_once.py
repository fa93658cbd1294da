# wrong: counts the padding once, as if it were on one side only; caught by padding, stride; keeps sizes
def conv_output_size(n, k, padding=0, stride=1):
    return (n + padding - k) // stride + 1
