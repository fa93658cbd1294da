# Is right as often as a student would try, and wrong from then on. What is asked by then is answered rightly.
# marks: corr2d 3
# %% own cell
calls = 0
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    global calls
    calls += 1
    Y = honest(X, K)
    return Y if calls <= 12 else Y + 1
