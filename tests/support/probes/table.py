"""The probes of the sandbox: each is code that tries one way out, and is True where it got there.

An entry says who gets there without protection (:class:`Proof`), whether the sandbox ends the process that tries
(``deadly``), and the code. Fields filled in: {outside}: a folder with a file ``secret`` and others for each probe to
spoil; {port}: a listening TCP port; {unix}, {abstract}, {datagram}: sockets; {victim}: another process of the grader's
user; {address}: where in its memory eight bytes lie.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

import pyseccomp

from probes.files import FILES
from probes.kernel import KERNEL
from probes.processes import PROCESSES
from probes.sockets import IPC, SOCKETS


class Proof(StrEnum):
    """Who gets there without protection."""

    ANYONE = "anyone"
    ROOT = "root"
    NONE = "none"  # would do harm, or this kernel may lack it: the sandbox's answer is looked at alone


@dataclass(frozen=True)
class Probe:
    """One way out. ``deadly``: the sandbox ends the process that tries it."""

    family: str
    code: str
    proof: Proof
    deadly: bool


def _table() -> dict[str, Probe]:
    probes = {}
    for family, entries in (
        ("files", FILES), ("processes", PROCESSES), ("kernel", KERNEL), ("sockets", SOCKETS), ("IPC", IPC)
    ):  # fmt: skip
        for name, line in entries.items():
            marks, _, code = line.partition(" | ")
            probes[name] = Probe(family, code, Proof(marks.split()[0]), "deadly" in marks)
    return probes


PROBES = _table()

# Those that get there in the sandbox, and why that is harmless.
_METADATA = "names, sizes and times of files, never content: a name must be known already, as folders cannot be listed"
_EXISTENCE = "says of a process number, which means nothing to the grader, that it is in use, and how it is scheduled"
HARMLESS = {
    "size of a file": _METADATA,
    "where a symbolic link leads": _METADATA,
    "whether a file may be read": _METADATA,
    "how full the disk is": _METADATA,
    "walk into a folder": "relative paths are checked as absolute ones are: nothing in it can be listed or opened",
    "priority of another process": _EXISTENCE,
    "processors of another process": _EXISTENCE,
    "session of another process": _EXISTENCE,
    "capabilities of another process": _EXISTENCE,
    "who holds the other end of the channel": "the grader's process number, with which nothing can be done",
}

SETUP = """
import ctypes, fcntl, mmap, os, resource, select, signal, socket, stat, struct, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
def check(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return True
def call(name, *arguments):
    number = NUMBERS[name]
    if number < 0:
        raise OSError(f'no call {{name}} on this architecture')
    plain = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    result = libc.syscall(ctypes.c_long(number), *plain)
    check(result)
    return result
def opens(family, kind=socket.SOCK_STREAM, protocol=0):
    try:
        socket.socket(family, kind, protocol).close()
        return True
    except OSError:
        return False
def child(pid):
    if pid == 0:
        os._exit(0)
    return os.waitpid(pid, 0)[0] == pid
def iovec(address, size):
    return struct.pack('=QQ', address, size)
here = os.getcwd()
"""


def called() -> frozenset[str]:
    """The system calls that the probes make by number."""
    codes = " ".join(probe.code for probe in PROBES.values())
    return frozenset({*re.findall(r"call\('(\w+)'", codes), *re.findall(r"NUMBERS\['(\w+)'", codes)})


def sources(fields: dict[str, object]) -> dict[str, str]:
    """The cell that runs each probe, by the probe's name."""
    numbers = {name: _number(name) for name in called()}
    return {name: f"NUMBERS = {numbers!r}\n" + (SETUP + probe.code).format(**fields) for name, probe in PROBES.items()}


def _number(name: str) -> int:
    try:
        return int(pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name))
    except (OSError, ValueError):
        return -1
