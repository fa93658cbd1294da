# wrong: gives padding and stride no default values; caught by sizes, padding; keeps stride
def conv_output_size(n, k, padding, stride):
    return (n + 2 * padding - k) // stride + 1
