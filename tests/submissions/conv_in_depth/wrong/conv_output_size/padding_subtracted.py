# wrong: takes the padding off the image; caught by padding, stride; keeps sizes
def conv_output_size(n, k, padding=0, stride=1):
    return (n - 2 * padding - k) // stride + 1
