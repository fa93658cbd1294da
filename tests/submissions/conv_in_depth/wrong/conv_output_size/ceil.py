# wrong: rounds up, as if the last window could hang over; caught by stride; keeps sizes, padding
import math


def conv_output_size(n, k, padding=0, stride=1):
    return math.ceil((n + 2 * padding - k) / stride) + 1
