# right: leaves it to Tensor.unfold to complain about a kernel that does not fit
def corr2d(X, K):
    patches = X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1)
    return patches.mul(K).flatten(2).sum(-1)
