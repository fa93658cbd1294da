# wrong: divides with /, which makes a float; is returns_a_float; caught by stride
def conv_output_size(n, k, padding=0, stride=1):
    return (n + 2 * padding - k) / stride + 1
