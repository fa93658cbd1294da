# right: adds channel by channel into new zeros, and fills the maps one by one
def corr2d_multi_in(X, K):
    Y = X.new_zeros(X.shape[1] - K.shape[1] + 1, X.shape[2] - K.shape[2] + 1)
    for c in range(X.shape[0]):
        Y += corr2d(X[c], K[c])
    return Y


def corr2d_multi_in_out(X, K):
    maps = X.new_empty(K.shape[0], X.shape[1] - K.shape[2] + 1, X.shape[2] - K.shape[3] + 1)
    for o in range(K.shape[0]):
        maps[o] = corr2d_multi_in(X, K[o])
    return maps
