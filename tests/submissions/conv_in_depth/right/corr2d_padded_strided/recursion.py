# right: the first kernel row, plus the rest of the kernel on the rest of the image
def rows_added(P, K, rows, stride):
    sh, sw = stride
    if K.shape[0] == 0:
        return 0
    lines = P[:(rows - 1) * sh + 1:sh].unfold(1, K.shape[1], sw) @ K[0]
    return lines + rows_added(P[1:], K[1:], rows, stride)


def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    P = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    if K.shape[0] > P.shape[0] or K.shape[1] > P.shape[1]:
        raise ValueError("kernel too large")
    return rows_added(P, K, (P.shape[0] - K.shape[0]) // stride[0] + 1, stride)
