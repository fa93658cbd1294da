# Prints two hundred megabytes in a cell.
# marks: corr2d 10
# %% own cell
for _ in range(200):
    print("x" * 1_000_000)
# %% corr2d
# the honest corr2d
