# Crashes the interpreter by reading memory that is not there.
# marks: corr2d 0
# %% own cell
from ctypes import string_at as read
# %% corr2d
def corr2d(X, K):
    return read(8)
