# Fills its folder with small files and leaves folders that are hard to remove.
# marks: corr2d 10
# %% own cell
import os

for number in range(500):
    open(f"{number}.txt", "w").close()
os.makedirs("a/" * 200)
os.mkdir("shut", 0)
# %% corr2d
# the honest corr2d
