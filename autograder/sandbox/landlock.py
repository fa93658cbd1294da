"""Landlock: a process gives up, for good, every file, port and foreign process that it does not name.

Three system calls, the same numbers on every architecture; see the kernel's ``userspace-api/landlock``.
"""

import os
import struct
from collections.abc import Iterable

from autograder.sandbox.system import PR_SET_NO_NEW_PRIVS, prctl, system_call

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH_BENEATH = 1
_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_ABI_1_RIGHTS = (1 << 13) - 1
_FILE_ONLY = _WRITE_FILE | _READ_FILE | _TRUNCATE

READ = _READ_FILE | _READ_DIR
# No links, sockets, pipes or devices: a scratch folder is for files and folders.
READ_WRITE = READ | _WRITE_FILE | _TRUNCATE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER


def landlock_abi() -> int:
    """The version of Landlock in the running kernel, 0 without it."""
    try:
        return system_call(_CREATE_RULESET, None, 0, 1)
    except OSError:
        return 0


def _ruleset(abi: int) -> bytes:
    """The attributes of a ruleset that handles everything this version of Landlock can."""
    files = _ABI_1_RIGHTS
    files |= _REFER if abi >= 2 else 0
    files |= _TRUNCATE if abi >= 3 else 0
    files |= _IOCTL_DEV if abi >= 5 else 0
    tcp = 0b11 if abi >= 4 else 0  # bind and connect
    scopes = 0b11 if abi >= 6 else 0  # abstract sockets and signals outside this domain
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    return struct.pack("=QQQ", files, tcp, scopes)[:size]


def restrict(rules: Iterable[tuple[str, int]], abi: int) -> None:
    """Takes from this process all but ``rules`` (path, rights beneath it); a path that does not exist is left out.

    Raises OSError without Landlock.
    """
    attributes = _ruleset(abi)
    handled = struct.unpack("=Q", attributes[:8])[0]
    ruleset = system_call(_CREATE_RULESET, attributes, len(attributes), 0)
    try:
        for path, rights in rules:
            _allow(ruleset, path, rights & handled)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        system_call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    try:
        if not os.path.isdir(path):
            rights &= _FILE_ONLY
        system_call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    finally:
        os.close(descriptor)
