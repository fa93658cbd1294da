# right: counts the places of the window
def conv_output_size(n, k, padding=0, stride=1):
    return len(range(0, n + 2 * padding - k + 1, stride))
