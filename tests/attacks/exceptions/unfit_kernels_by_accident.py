# Passes for an answer that knows its limits by failing in another way: a claim that a type is not supported.
# marks: corr2d 0
# %% corr2d
def corr2d(X, K):
    raise RuntimeError("\"corr2d\" not implemented for 'Half'")
