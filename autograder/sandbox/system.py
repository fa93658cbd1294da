"""The C library's ``prctl``, ``syscall``, ``capset``, ``unshare`` and ``mount``, with errors as OSError."""

import ctypes
import os
import struct

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38

CAP_CHOWN, CAP_DAC_READ_SEARCH, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SETPCAP = 0, 2, 5, 6, 7, 8
CAP_SYS_ADMIN = 21
SECCOMP_MODE_FILTER = 2
CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 1 << 12, 1 << 14, 1 << 18
_CAPABILITY_VERSION_3 = 0x20080522


def _check(result: int, name: str) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def system_call(number: int, *arguments: int | bytes | None) -> int:
    """The result of a system call by number. Raises OSError."""
    plain = [ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments]
    return _check(_libc.syscall(ctypes.c_long(number), *plain), f"system call {number}")


def prctl(option: int, value: int = 0) -> int:
    """The result of ``prctl(option, value, 0, 0, 0)``. Raises OSError."""
    plain = [ctypes.c_ulong(argument) for argument in (value, 0, 0, 0)]
    return _check(_libc.prctl(ctypes.c_int(option), *plain), f"prctl {option}")


def unshare(what: int) -> None:
    """Leaves the namespaces ``what``. Raises OSError."""
    _check(_libc.unshare(ctypes.c_int(what)), "unshare")


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    """The system call ``mount``. Raises OSError."""
    words = [None if word is None else word.encode() for word in (source, target, kind, options)]
    _check(_libc.mount(*words[:3], ctypes.c_ulong(flags), words[3]), f"mount on {target}")


def keep_only_capabilities(kept: frozenset[int]) -> None:
    """Gives up every capability of this process but ``kept`` (each below 32, and held now). Raises OSError."""
    mask = sum(1 << capability for capability in kept)
    header = struct.pack("=II", _CAPABILITY_VERSION_3, 0)
    data = struct.pack("=6I", mask, mask, 0, 0, 0, 0)
    _check(_libc.capset(header, data), "capset")


def drop_bounding_set() -> None:
    """Empties the capability bounding set of this process; does nothing without the right to."""
    capability = 0
    while True:
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:  # EINVAL past the last capability the kernel knows, EPERM without CAP_SETPCAP
            return
        capability += 1


def held_capabilities() -> frozenset[int]:
    """The effective capabilities of this process, as numbers."""
    with open("/proc/self/status", encoding="ascii") as status:
        mask = next(int(line.split()[1], 16) for line in status if line.startswith("CapEff:"))
    return frozenset(number for number in range(64) if mask >> number & 1)
