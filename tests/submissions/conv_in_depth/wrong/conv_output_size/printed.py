# wrong: prints the size and returns nothing; caught by sizes, padding, stride
def conv_output_size(n, k, padding=0, stride=1):
    print((n + 2 * padding - k) // stride + 1)
