# wrong: works the output's size out from the image as it came; caught by values; keeps defaults
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    h, w = X.shape
    kh, kw = K.shape
    padded = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    if kh > padded.shape[0] or kw > padded.shape[1]:
        raise ValueError("kernel too large")
    Y = X.new_zeros((max(h - kh, 0)) // stride[0] + 1, (max(w - kw, 0)) // stride[1] + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            a, b = i * stride[0], j * stride[1]
            Y[i, j] = (padded[a:a + kh, b:b + kw] * K).sum()
    return Y
