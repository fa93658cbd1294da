# wrong: takes the stride before the padding; caught by padding, stride; keeps sizes
def conv_output_size(n, k, stride=1, padding=0):
    return (n + 2 * padding - k) // stride + 1
