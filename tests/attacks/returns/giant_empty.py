# Returns empty tensors with a trillion rows.
# marks: corr2d 0
# %% corr2d
def corr2d(X, K):
    return X.new_empty(10**12, 0)
