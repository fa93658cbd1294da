# Nests folders ten thousand deep, past every path's length.
# marks: corr2d 10
# %% own cell
import os

top = os.getcwd()
for _ in range(10_000):
    os.mkdir("deeper")
    os.chdir("deeper")
os.chdir(top)
# %% corr2d
# the honest corr2d
