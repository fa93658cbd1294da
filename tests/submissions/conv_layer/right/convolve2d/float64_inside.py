# right: computes in float64 and casts back
def convolve2d(X, K):
    return corr2d(X.double(), K.double().flip((0, 1))).to(X.dtype)
