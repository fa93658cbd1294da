# Asks for more memory than there is, by every way to get some, in bytes, tensors and mappings, shared ones too.
# marks: corr2d 10
# %% own cell
import ctypes, mmap, zlib

import numpy

size = 1 << 36
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
for ask in (
    lambda: bytearray(size), lambda: "x" * size, lambda: [0] * size, lambda: list(range(size)),
    lambda: torch.ones(size), lambda: torch.empty(size).fill_(1), lambda: numpy.ones(size), lambda: torch.ones(1).repeat(size),
    lambda: torch.ones(100_000, 1) @ torch.ones(1, 100_000), lambda: torch.nn.functional.pad(torch.ones(1), (size, size)),
    lambda: mmap.mmap(-1, size), lambda: mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_NORESERVE),
    lambda: zlib.decompress(zlib.compress(bytes(1 << 20)) , bufsize=size),
):
    try:
        ask()
        print("took it")
    except (MemoryError, RuntimeError, ValueError, OSError, OverflowError):
        pass
shared = []
try:
    while len(shared) < 100:
        shared.append(mmap.mmap(-1, 1 << 26))
        shared[-1][:: 4096] = b"x" * (1 << 14)
except (OSError, MemoryError):
    pass
if len(shared) * (1 << 26) > 3_000_000_000:
    print("LEA" + "KED")
del shared
# %% corr2d
# the honest corr2d
