# right: the number of places, divided and rounded up
def conv_output_size(n, k, padding=0, stride=1):
    places = n + 2 * padding - k + 1
    return -(-places // stride)
