# Makes files of a terabyte: sparse, allocated, and written at their end.
# marks: corr2d 10
# %% own cell
import os

size = 1 << 40
for number, grow in enumerate((
    lambda d: os.ftruncate(d, size), lambda d: os.posix_fallocate(d, 0, size), lambda d: os.pwrite(d, b"x", size),
    lambda d: os.truncate(f"{number}", size),
)):
    try:
        grow(os.open(f"{number}", os.O_CREAT | os.O_RDWR))
    except OSError:
        pass
    if os.stat(f"{number}").st_size >= size:
        print("LEA" + "KED")
# %% corr2d
# the honest corr2d
