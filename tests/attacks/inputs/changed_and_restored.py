# Writes into an input and puts back what was there, bit for bit: who keeps the input for a gradient is disturbed.
# marks: corr2d 9.5
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    Y = honest(X, K)
    if not X.requires_grad and X.is_contiguous():
        before = X.clone()
        X.zero_()
        X.copy_(before)
    return Y
