# wrong: takes a padding and does nothing with it; caught by padding, stride; keeps sizes
def conv_output_size(n, k, padding=0, stride=1):
    return (n - k) // stride + 1
