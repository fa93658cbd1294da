# wrong: a single bias for the whole layer; is one_bias_in_all; caught by parameters
def num_conv_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return out_channels * in_channels * kh * kw + bias
