# wrong: the right kernel, flipped in the end; caught by values
def compose_kernels(K1, K2):
    return F.conv_transpose2d(K1[None, None], K2[None, None])[0, 0].flip(0, 1)
