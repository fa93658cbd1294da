# wrong: takes an int for the kernel size, and no pair; is ints_only; caught by parameters
def num_conv_params(in_channels, out_channels, kernel_size, bias=True):
    return out_channels * (in_channels * kernel_size ** 2 + bias)
