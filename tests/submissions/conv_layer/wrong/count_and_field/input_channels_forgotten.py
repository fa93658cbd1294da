# wrong: one kernel for each output channel, whatever comes in; is input_channels_forgotten; caught by parameters
def num_conv_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return out_channels * kh * kw + (out_channels if bias else 0)
