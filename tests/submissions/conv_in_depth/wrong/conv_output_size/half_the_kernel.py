# wrong: takes k // 2 off each side, which is right for odd kernels; caught by sizes, padding
def conv_output_size(n, k, padding=0, stride=1):
    margin = k // 2
    return (n + 2 * padding - 2 * margin - 1) // stride + 1
