# wrong: pads the output in place of the image; caught by values; keeps defaults
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    if K.shape[0] > X.shape[0] + 2 * padding[0] or K.shape[1] > X.shape[1] + 2 * padding[1]:
        raise ValueError("kernel too large")
    windows = X.unfold(0, K.shape[0], stride[0]).unfold(1, K.shape[1], stride[1])
    return F.pad((windows * K).sum((2, 3)), (padding[1], padding[1], padding[0], padding[0]))
