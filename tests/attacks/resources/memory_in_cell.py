# Takes memory in a cell until there is none, keeps all but a little of it, and goes on taking in every cell after.
# marks: corr2d 10
# %% own cell
hoard = []
while True:
    hoard.append(torch.ones(1 << 22))
# %% own cell
del hoard
# %% corr2d
# the honest corr2d
