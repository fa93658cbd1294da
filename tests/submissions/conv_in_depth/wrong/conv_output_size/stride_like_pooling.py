# wrong: the stride is the kernel's size where it is not given, as for pooling; caught by sizes, padding; keeps stride
def conv_output_size(n, k, padding=0, stride=None):
    stride = stride or k
    return (n + 2 * padding - k) // stride + 1
