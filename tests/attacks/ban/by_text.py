# Shows by its text that it uses a convolution, also where the ban would not see it: on the meta device.
# marks: corr2d 0
# says 11: torch.nn.functional.conv2d
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    F.conv2d(X[None, None].to("meta"), K[None, None].to("meta"))
    return honest(X, K)
