# wrong: looks for the maximum above an output of zeros; caught by negative; keeps avg, dtype, device, pure, refuses
def pool2d(X, pool_size, mode="max"):
    ph, pw = pool_size
    if mode not in ("max", "avg"):
        raise ValueError(mode)
    oh, ow = X.shape[0] - ph + 1, X.shape[1] - pw + 1
    Y = X.new_zeros(oh, ow)
    for a in range(ph):
        for b in range(pw):
            part = X[a:a + oh, b:b + ow]
            Y = torch.maximum(Y, part) if mode == "max" else Y + part / (ph * pw)
    return Y
