# right: math.floor of a true division
import math


def conv_output_size(n, k, padding=0, stride=1):
    return 1 + math.floor((n - k + 2 * padding) / stride)
