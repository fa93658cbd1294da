# Raises an exception with a message of a hundred megabytes, in a cell and in a call.
# marks: corr2d 0
# %% own cell
raise ValueError("x" * 10**8)
# %% corr2d
def corr2d(X, K):
    raise ValueError("x" * 10**8)
