# right: recursion: one window, and those of what is left after a step
def conv_output_size(n, k, padding=0, stride=1):
    n += 2 * padding
    return 0 if k > n else 1 + conv_output_size(n - stride, k, 0, stride)
