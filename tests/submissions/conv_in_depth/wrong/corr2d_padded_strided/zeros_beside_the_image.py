# wrong: glues zeros to the image that are made on the CPU; is mixes_devices, stays_on_the_cpu; caught by device; keeps values, defaults, views, dtype, gradients, pure, too_large
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    ph, pw = padding
    side = torch.zeros(X.shape[0], pw, dtype=X.dtype)
    X = torch.cat((side, X, side), dim=1)
    above = torch.zeros(ph, X.shape[1], dtype=X.dtype)
    X = torch.cat((above, X, above), dim=0)
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return (X.unfold(0, K.shape[0], stride[0]).unfold(1, K.shape[1], stride[1]) * K).sum((2, 3))
