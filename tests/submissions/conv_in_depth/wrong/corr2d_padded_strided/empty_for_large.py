# wrong: answers a kernel that does not fit with an empty tensor; is empty_for_large_kernels; caught by too_large; keeps values, defaults, views, dtype, device, gradients, pure
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    h, w = K.shape
    rows, columns = range(0, X.shape[0] - h + 1, stride[0]), range(0, X.shape[1] - w + 1, stride[1])
    Y = X.new_zeros(len(rows), len(columns))
    for i, a in enumerate(rows):
        for j, b in enumerate(columns):
            Y[i, j] = (X[a:a + h, b:b + w] * K).sum()
    return Y
