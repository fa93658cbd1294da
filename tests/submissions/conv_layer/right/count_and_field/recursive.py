# right: recursion, and torch.Size arithmetic
import math


def num_conv_params(in_channels, out_channels, kernel_size, bias=True):
    if type(kernel_size) is int:
        return num_conv_params(in_channels, out_channels, (kernel_size,) * 2, bias)
    weights = torch.Size((out_channels, in_channels, *kernel_size)).numel()
    return weights + out_channels if bias else weights


def receptive_field(layers):
    if not layers:
        return 1
    *below, (kernel, _) = layers
    return receptive_field(below) + (kernel - 1) * math.prod(stride for _, stride in below)
