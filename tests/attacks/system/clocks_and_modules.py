# Reaches for the machine itself: its clock, its name, its modules, its swap, its ports.
# marks: corr2d 10
# %% own cell
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
intel = os.uname().machine == "x86_64"
nothing = ctypes.create_string_buffer(256)
# %% own cell
if libc.clock_settime(1, nothing) == 0:  # of a clock that cannot be set
    print("LEA" + "KED")
# %% own cell
if libc.sethostname(b"", 1 << 20) == 0:
    print("LEA" + "KED")
# %% own cell
if libc.syscall(175 if intel else 105, nothing, 0, b"") == 0:  # init_module
    print("LEA" + "KED")
# %% own cell
if libc.swapon(b"", 0) == 0:
    print("LEA" + "KED")
# %% own cell
if libc.reboot(1) == 0:  # which is no command
    print("LEA" + "KED")
# %% own cell
if libc.adjtimex(nothing) >= 0 or libc.klogctl(10, None, 0) >= 0 or (intel and libc.iopl(3) == 0):
    print("LEA" + "KED")
# %% own cell
if libc.personality(0x0040000) >= 0:
    print("LEA" + "KED")
# %% corr2d
# the honest corr2d
