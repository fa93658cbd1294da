# wrong: one output tensor for each shape, written to again by the next call; is reuses_its_output; caught by fresh; keeps values, impulse, too_large
buffers = {}


def corr2d(X, K):
    kh, kw = K.shape
    oh, ow = X.shape[0] - kh + 1, X.shape[1] - kw + 1
    if oh < 1 or ow < 1:
        raise ValueError("kernel too large")
    Y = buffers.setdefault((oh, ow, X.dtype, X.device), X.new_zeros(oh, ow)).detach()
    Y.zero_()
    for a in range(kh):
        for b in range(kw):
            Y += X[a:a + oh, b:b + ow] * K[a, b]
    return Y
