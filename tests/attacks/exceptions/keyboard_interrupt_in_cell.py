# Interrupts the run from within.
# marks: corr2d 10
# %% own cell
raise KeyboardInterrupt
# %% corr2d
# the honest corr2d
