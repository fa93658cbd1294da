# wrong: one bias for each input channel; is bias_for_each_input; caught by parameters
def num_conv_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return in_channels * (out_channels * kh * kw + bias)
