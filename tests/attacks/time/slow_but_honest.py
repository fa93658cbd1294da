# No attack: right and slow, but in time.
# marks: corr2d 10
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    for _ in range(100):
        Y = honest(X, K)
    return Y
