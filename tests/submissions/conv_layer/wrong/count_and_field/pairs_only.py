# wrong: takes a pair for the kernel size, and no int; is pairs_only; caught by parameters
def num_conv_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + bias)
