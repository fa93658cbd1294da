# wrong: divides with /, which makes a float; caught by sizes, padding, stride
def conv_output_size(n, k, padding=0, stride=1):
    return (n + 2 * padding - k) / stride + 1
