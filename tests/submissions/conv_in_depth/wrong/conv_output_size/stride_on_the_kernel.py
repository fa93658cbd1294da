# wrong: multiplies the kernel by the stride; caught by stride; keeps sizes, padding
def conv_output_size(n, k, padding=0, stride=1):
    return n + 2 * padding - k * stride + 1
