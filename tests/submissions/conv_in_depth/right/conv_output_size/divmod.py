# right: divmod, whose remainder is the part of the image that no window reaches
def conv_output_size(n, k, padding=0, stride=1):
    steps, left_over = divmod(n + 2 * padding - k, stride)
    return int(steps) + 1
