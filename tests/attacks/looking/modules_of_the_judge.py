# Imports the judge and its oracle where the answer runs, and uses them.
# marks: corr2d 0
# %% corr2d
def corr2d(X, K):
    from autograder.properties import oracle

    return oracle.cross_correlation(X, K)
