# right: the sum of an elementwise product as the trace of a matrix product
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    Y = torch.empty(X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1).to(X)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = torch.trace(X[i:i + K.shape[0], j:j + K.shape[1]] @ K.T)
    return Y
