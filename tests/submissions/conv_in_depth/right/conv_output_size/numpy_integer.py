# right: a whole number made by divmod
def conv_output_size(n, k, padding=0, stride=1):
    steps, left_over = divmod(n + 2 * padding - k, stride)
    return int(steps) + 1
