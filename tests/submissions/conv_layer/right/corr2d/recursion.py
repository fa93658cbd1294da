# right: takes the first kernel row off and calls itself with the rest
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    oh = X.shape[0] - K.shape[0] + 1
    first = X[:oh].unfold(1, K.shape[1], 1) @ K[0]
    return first if K.shape[0] == 1 else first + corr2d(X[1:], K[1:])
