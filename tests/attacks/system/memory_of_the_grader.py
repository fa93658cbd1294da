# Looks into the grader's memory and writes to it, by the calls that debuggers use.
# marks: corr2d 10
# %% own cell
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(8)

class Piece(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]

own = Piece(ctypes.addressof(buffer), 8)
# %% own cell
if libc.process_vm_readv({grader}, ctypes.byref(own), 1, ctypes.byref(own), 1, 0) >= 0:
    print("LEA" + "KED")
# %% own cell
if libc.process_vm_writev({grader}, ctypes.byref(own), 1, ctypes.byref(own), 1, 0) >= 0:
    print("LEA" + "KED")
# %% own cell
if libc.ptrace(0x4206, {grader}, 0, 0) >= 0 or libc.ptrace(16, os.getppid(), 0, 0) >= 0:
    print("LEA" + "KED")
# %% own cell
if libc.ptrace(0, 0, 0, 0) >= 0:
    print("LEA" + "KED: traced by its parent, the fork server")
# %% corr2d
# the honest corr2d
