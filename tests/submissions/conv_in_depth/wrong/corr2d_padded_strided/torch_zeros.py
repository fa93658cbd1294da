# wrong: pads into torch.zeros(shape), float32 on the CPU; is float32_whatever_comes_in, stays_on_the_cpu; caught by dtype, device; keeps defaults, gradients, pure, too_large
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (h, w), (kh, kw) = padding, X.shape, K.shape
    X_padded = torch.zeros(h + 2 * ph, w + 2 * pw)
    X_padded[ph:ph + h, pw:pw + w] = X
    if kh > h + 2 * ph or kw > w + 2 * pw:
        raise ValueError("kernel too large")
    oh, ow = (h + 2 * ph - kh) // stride[0] + 1, (w + 2 * pw - kw) // stride[1] + 1
    Y = torch.zeros(oh, ow)
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride[0], j * stride[1]
            Y[i, j] = (X_padded[a:a + kh, b:b + kw] * K).sum()
    return Y
