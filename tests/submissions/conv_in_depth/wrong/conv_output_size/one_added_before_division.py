# wrong: divides the number of places, rounded down; caught by stride; keeps sizes, padding
def conv_output_size(n, k, padding=0, stride=1):
    return (n - k + 2 * padding + 1) // stride
