# Returns a hundred megabytes of tensors.
# marks: corr2d 0
# %% corr2d
def corr2d(X, K):
    return X.new_ones(25_000_000)
