# wrong: F.conv2d with padding, which does not flip K2; caught by values; keeps dtype, device, pure
def compose_kernels(K1, K2):
    padding = (K2.shape[0] - 1, K2.shape[1] - 1)
    return F.conv2d(K1[None, None], K2[None, None], padding=padding)[0, 0]
