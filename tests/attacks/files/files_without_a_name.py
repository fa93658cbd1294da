# Makes files without a name, in its folder and in the course, and gives them one.
# marks: corr2d 10
# %% own cell
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
for folder in ("{canary}", "/dev/shm", "/tmp", "."):
    try:
        descriptor = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError:
        continue
    if folder != ".":
        print("LEA" + "KED", folder)
    os.write(descriptor, b"x")
    libc.linkat(-100, f"/proc/self/fd/{descriptor}".encode(), -100, b"{canary}/named", 0x400)
    libc.linkat(descriptor, b"", -100, b"{canary}/named-too", 0x1000)
# %% corr2d
# the honest corr2d
