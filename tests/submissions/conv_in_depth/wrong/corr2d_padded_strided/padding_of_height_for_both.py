# wrong: pads all four sides by the height's padding; caught by values; keeps defaults
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    p = padding[0]
    padded = X.new_zeros(X.shape[0] + 2 * p, X.shape[1] + 2 * p)
    padded[p:p + X.shape[0], p:p + X.shape[1]] = X
    h, w = K.shape
    if h > padded.shape[0] or w > padded.shape[1]:
        raise ValueError("kernel too large")
    rows, columns = range(0, padded.shape[0] - h + 1, stride[0]), range(0, padded.shape[1] - w + 1, stride[1])
    return torch.stack([torch.stack([(padded[i:i + h, j:j + w] * K).sum() for j in columns]) for i in rows])
