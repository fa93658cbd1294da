# Leaves an input transposed, and so with another shape: the same memory, the same version, other rows.
# marks: corr2d 9
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    Y = honest(X, K)
    if not X.requires_grad and X.device.type == "cpu":
        X.t_()
    return Y
