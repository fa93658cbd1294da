# right: what both kernels answer to one bright pixel is the kernel, back to front
def compose_kernels(K1, K2):
    h, w = K1.shape[0] + K2.shape[0] - 1, K1.shape[1] + K2.shape[1] - 1
    impulse = K1.new_zeros(2 * h - 1, 2 * w - 1)
    impulse[h - 1, w - 1] = 1
    return corr2d(corr2d(impulse, K1), K2).flip(0, 1)
