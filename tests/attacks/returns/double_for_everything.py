# No attack: an answer in float64, whatever comes in. It loses what is asked of types, and no more.
# marks: corr2d 8.75
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    return honest(X.double(), K.double())
