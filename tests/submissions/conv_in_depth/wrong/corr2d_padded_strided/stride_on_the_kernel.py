# wrong: spreads the kernel by the stride (that is dilation); caught by values; keeps defaults
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    (h, w), (sh, sw) = K.shape, stride
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    rows, columns = (h - 1) * sh + 1, (w - 1) * sw + 1
    Y = X.new_zeros(X.shape[0] - rows + 1, X.shape[1] - columns + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + rows:sh, j:j + columns:sw] * K).sum()
    return Y
