# wrong: rounds to the nearest whole number; caught by stride; keeps sizes, padding
def conv_output_size(n, k, padding=0, stride=1):
    return round((n + 2 * padding - k) / stride) + 1
