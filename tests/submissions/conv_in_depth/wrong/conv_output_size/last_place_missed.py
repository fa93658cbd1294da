# wrong: counts the places with a range that ends one too early; caught by sizes, padding, stride
def conv_output_size(n, k, padding=0, stride=1):
    return len(range(0, n + 2 * padding - k, stride))
