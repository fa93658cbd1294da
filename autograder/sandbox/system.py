"""The C library's ``prctl``, ``syscall`` and ``capset``, with errors as OSError."""

import ctypes
import os
import struct

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_GET_SECCOMP = 21
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38

CAP_CHOWN, CAP_DAC_READ_SEARCH, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SETPCAP = 0, 2, 5, 6, 7, 8
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
