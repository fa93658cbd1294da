# right: pads, then takes the window at (i * sh, j * sw)
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw) = padding, stride
    X = F.pad(X, (pw, pw, ph, ph))
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError(f"a kernel of {h}x{w} does not fit into {tuple(X.shape)}")
    Y = X.new_zeros((X.shape[0] - h) // sh + 1, (X.shape[1] - w) // sw + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i * sh:i * sh + h, j * sw:j * sw + w] * K).sum()
    return Y
