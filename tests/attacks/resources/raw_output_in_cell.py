# Writes two hundred megabytes to the descriptors themselves in a cell.
# marks: corr2d 10
# %% own cell
import os

for _ in range(200):
    os.write(1, b"x" * 1_000_000)
# %% corr2d
# the honest corr2d
