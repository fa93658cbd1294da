# right: as the lesson has it
def conv_output_size(n, k, padding=0, stride=1):
    return (n - k + 2 * padding + stride) // stride
