# wrong: the gradient of a convolution, which is a convolution; is ready_made_convolution; caught by values, impulse
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    full = F.conv_transpose2d(X[None, None], K.flip(0, 1)[None, None])[0, 0]
    return full[kh - 1:h, kw - 1:w].clone()
