# Makes worlds of its own, in which it would be root: namespaces, mounts, roots.
# marks: corr2d 10
# %% own cell
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
new_user, new_mount, new_net, new_pid = 0x10000000, 0x00020000, 0x40000000, 0x20000000
for flags in (new_user, new_user | new_mount, new_user | new_net, new_user | new_pid, new_mount, new_net):
    if libc.unshare(flags) == 0:
        print("LEA" + "KED")
for path in ("/proc/1/ns/mnt", "/proc/{grader}/ns/mnt", "/proc/{grader}/ns/user"):
    try:
        libc.setns(os.open(path, os.O_RDONLY), 0)
        print("LEA" + "KED", path)
    except OSError:
        pass
# %% own cell
if libc.mount(b"none", b".", b"tmpfs", 0, None) == 0:
    print("LEA" + "KED")
# %% own cell
if libc.chroot(b".") == 0:
    print("LEA" + "KED")
# %% own cell
if libc.umount2(b"/proc", 2) == 0:
    print("LEA" + "KED")
# %% own cell
if libc.syscall({"x86_64": 155, "aarch64": 41}.get(os.uname().machine, -1), b".", b".") == 0:  # pivot_root
    print("LEA" + "KED")
# %% own cell
if libc.syscall(428, -100, b"/", 1) >= 0 or libc.syscall(430, b"tmpfs", 0) >= 0:  # open_tree, fsopen
    print("LEA" + "KED")
# %% corr2d
# the honest corr2d
