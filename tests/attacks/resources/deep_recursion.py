# Recurses without end, with Python's own limit taken off.
# marks: corr2d 0
# %% corr2d
def corr2d(X, K):
    import sys
    sys.setrecursionlimit(10**9)
    return corr2d(X, K)
