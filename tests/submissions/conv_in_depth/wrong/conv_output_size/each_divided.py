# wrong: divides each term by the stride and rounds each; caught by stride; keeps sizes, padding
def conv_output_size(n, k, padding=0, stride=1):
    return n // stride + 2 * padding // stride - k // stride + 1
