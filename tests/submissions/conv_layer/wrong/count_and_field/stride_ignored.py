# wrong: adds kernel - 1 for each layer, whatever the strides; is strides_ignored; caught by receptive_field; keeps parameters
def num_conv_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return out_channels * (in_channels * kh * kw + bias)


def receptive_field(layers):
    return 1 + sum(kernel - 1 for kernel, stride in layers)
