# right: F.conv2d with padding and a flipped kernel
def compose_kernels(K1, K2):
    (a, b), flipped = K1.shape, K1.flip(0, 1)
    return F.conv2d(K2[None, None], flipped[None, None], padding=(a - 1, b - 1))[0, 0]
