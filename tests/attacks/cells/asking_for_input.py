# Waits for somebody to type.
# marks: corr2d 0
# %% own cell
input("your marks? ")
# %% own cell
import getpass

getpass.getpass()
# %% own cell
import sys

print(repr(sys.stdin.read()))
# %% own cell
import os

print(os.read(0, 100))
# %% own cell
import code

code.interact()
# %% own cell
open("/dev/tty").read()
# %% corr2d
def corr2d(X, K):
    return torch.tensor(float(input("Y? ")))
