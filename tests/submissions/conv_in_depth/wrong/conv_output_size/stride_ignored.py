# wrong: takes a stride and does nothing with it; caught by stride; keeps sizes, padding
def conv_output_size(n, k, padding=0, stride=1):
    return n - k + 1 + 2 * padding
