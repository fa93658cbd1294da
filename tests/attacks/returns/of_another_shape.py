# Returns what broadcasting would forgive: the right numbers with an axis more, one number, no number.
# marks: convolve2d 0
# %% convolve2d
# the honest convolve2d
honest = convolve2d
def convolve2d(X, K):
    Y = honest(X, K)
    return [Y[None], Y.mean(), Y.mean().expand(1, 1, 1), Y[:0], Y.mean().expand_as(Y)[..., None]][X.numel() % 5]
