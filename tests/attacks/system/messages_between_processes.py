# Asks for memory, queues and semaphores that outlive it, and for pseudo-terminals.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
for make, remove in (
    (lambda: libc.shmget(0, 4096, 0o1600), lambda one: libc.shmctl(one, 0, None)),
    (lambda: libc.msgget(0, 0o1600), lambda one: libc.msgctl(one, 0, None)),
    (lambda: libc.semget(0, 1, 0o1600), lambda one: libc.semctl(one, 0, 0)),
    (lambda: libc.mq_open(b"/{mark}", 0o102, 0o600, None), lambda _: libc.mq_unlink(b"/{mark}")),
    (lambda: libc.shm_open(b"/{mark}", 0o102, 0o600), lambda _: libc.shm_unlink(b"/{mark}")),
    (lambda: os.open("/dev/ptmx", os.O_RDWR), os.close),
    (lambda: os.open("/dev/tty", os.O_RDWR), os.close),
    (lambda: libc.memfd_create(b"x", 0), os.close),
):
    try:
        one = make()
    except (OSError, AttributeError):
        continue
    if one >= 0:
        print("LEA" + "KED")
        remove(one)
# %% corr2d
# the honest corr2d
