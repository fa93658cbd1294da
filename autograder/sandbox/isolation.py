"""Which parts of the isolation hold on this machine, and what to install for those that do not."""

import errno
import functools
import os
import subprocess
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox import system
from autograder.sandbox.bubblewrap import working_bubblewrap
from autograder.sandbox.confinement import OWN_UID_BASE, Identity
from autograder.sandbox.landlock import landlock_abi as kernel_landlock_abi
from autograder.sandbox.readable import closed_to_others, closed_to_plain_root, python_with_package

_TRIAL_S = 60.0
_TRIAL = """
from autograder.sandbox import limits, system, view
system.prctl(system.PR_SET_DUMPABLE, 0)
view.move_into_memory(sys.argv[1], limits.Limits())
"""
_HIGHEST_UID = OWN_UID_BASE + (1 << 22)  # the kernel's largest process number


class Method(StrEnum):
    """What keeps a worker from files that are not its own."""

    LANDLOCK = "Landlock"
    BUBBLEWRAP = "bubblewrap"
    NONE = "none"


@dataclass(frozen=True)
class Isolation:
    """What holds here. ``landlock_abi`` is 0 without Landlock; ``own_folder``: a worker's folder is in memory.

    ``missing`` says what stands in the way of grading and what to do, ``weaker`` what holds less well than it could; a
    sentence each.
    """

    method: Method
    landlock_abi: int
    seccomp: bool
    identity: Identity
    bubblewrap: str | None
    own_folder: bool
    missing: tuple[str, ...]
    weaker: tuple[str, ...] = ()

    @property
    def safe(self) -> bool:
        """Whether a student's code can be run: files are out of reach, system calls too, and Python is within it."""
        return self.method is not Method.NONE and self.seccomp and not self.missing

    def describe(self) -> tuple[str, ...]:
        """What is in force, a sentence each, for people."""
        landlock = f" (ABI {self.landlock_abi})" if self.method is Method.LANDLOCK else ""
        return (
            f"files: {self.method}{landlock}",
            f"system calls: {'seccomp filter' if self.seccomp else 'none'}",
            f"a worker runs as {self.identity}",
            f"files of a worker: {_IN_MEMORY if self.own_folder else _ON_DISK}",
            *(f"weaker: {sentence}" for sentence in self.weaker),
            *(f"missing: {sentence}" for sentence in self.missing),
        )


class IsolationMissing(AutograderError):
    """This machine cannot confine a student's code."""

    def __init__(self, isolation: Isolation) -> None:
        super().__init__(
            "Student code cannot be run safely on this machine.",
            " ".join(isolation.missing),
            "Install what is missing, or give --no-isolation for notebooks that you trust.",
        )


def probe_isolation(*, landlock_abi: int | None = None) -> Isolation:
    """What holds on this machine; ``landlock_abi`` pretends to a kernel with an older Landlock (0: with none)."""
    abi = kernel_landlock_abi()
    abi = abi if landlock_abi is None else min(abi, landlock_abi)
    bubblewrap, reason = (None, "") if abi else working_bubblewrap()
    method = Method.LANDLOCK if abi else Method.BUBBLEWRAP if bubblewrap else Method.NONE
    missing = list(_without_seccomp())
    seccomp = not missing
    if method is Method.NONE:
        missing.append(
            "There is neither Landlock (Linux 5.13 or newer, `landlock` among the kernel's `lsm=`) nor a bubblewrap "
            f"that works (package bubblewrap, and namespaces for the user): {reason}"
        )
    identity, weaker, closed = _identity(method)
    missing.extend(closed)
    if method is Method.BUBBLEWRAP:
        weaker += (_BUBBLEWRAP,)
    own_folder = bubblewrap is not None or (method is Method.LANDLOCK and _moves_into_memory(identity))
    return Isolation(method, abi, seccomp, identity, bubblewrap, own_folder, tuple(missing), weaker)


def require_isolation(isolate: bool, isolation: Isolation | None = None) -> Isolation:
    """What holds on this machine, or nothing at all where ``isolate`` is False.

    isolation: what is known to hold. Raises IsolationMissing when it is not safe.
    """
    if not isolate:
        return unconfined()
    isolation = isolation or probe_isolation()
    if not isolation.safe:
        raise IsolationMissing(isolation)
    return isolation


def unconfined() -> Isolation:
    """No isolation at all, by explicit word of the user."""
    return Isolation(Method.NONE, 0, False, Identity.SAME, None, False, ("Isolation was switched off by request.",))


_IN_MEMORY = "in memory, bounded by the kernel"
_ON_DISK = "on disk, looked at four times a second"
_READING = (
    "{} is closed to other users, and Python or a package lies behind it: a worker is allowed to read past that, and "
    "Landlock alone keeps it from other files. Install Python and the packages where everybody may read them."
)
_SHARING = (
    "{} is closed to other users, and Python or a package lies behind it: workers cannot be users of their own. "
    "Install Python and the packages where everybody may read them."
)
_CLOSED = (
    "{} is closed to a worker, which has none of root's privileges, and Python or a package lies behind it. Grade as "
    "the user to whom it belongs, or install Python and the packages where everybody may read them."
)
_BUBBLEWRAP = (
    "Without Landlock, bubblewrap hides files: workers are one user, kept apart by a view of the files of their own. "
    "Landlock needs Linux 5.13 or newer and `landlock` among the kernel's `lsm=`."
)


@functools.cache
def _without_seccomp() -> tuple[str, ...]:
    """Why system calls cannot be filtered here, nothing where they can."""
    try:
        system.prctl(system.PR_SET_SECCOMP, system.SECCOMP_MODE_FILTER)  # with no filter: changes nothing
    except OSError as error:
        if error.errno != errno.EFAULT:  # the kernel looked for the filter, so it would have taken one
            return ("This kernel or container lets no process filter its system calls (seccomp).",)
    try:
        from autograder.sandbox.syscalls import build_filter
    except (ImportError, RuntimeError, OSError):
        return ("libseccomp cannot be loaded (packages libseccomp2 and, for pip, pyseccomp).",)
    try:
        build_filter(0)
    except (ValueError, RuntimeError, OSError) as error:
        return (f"A filter of system calls cannot be made here ({error}): libseccomp 2.5 and seccomp(2) are needed.",)
    return ()


def _moves_into_memory(identity: Identity) -> bool:
    """Whether a worker can have its folder in memory. In a user namespace for it, there is no other user to become."""
    may_mount = system.CAP_SYS_ADMIN in system.held_capabilities()
    return (may_mount or identity is Identity.SAME) and _can_move_into_memory()


@functools.cache
def _can_move_into_memory() -> bool:
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        command = python_with_package(_TRIAL, folder)
        try:
            return subprocess.run(command, capture_output=True, timeout=_TRIAL_S, check=False).returncode == 0
        except subprocess.TimeoutExpired:
            return False


def _identity(method: Method) -> tuple[Identity, tuple[str, ...], tuple[str, ...]]:
    """Which user a worker is; what makes it weaker than it could be; what keeps it from Python.

    Root gives every worker a user of its own where it can; bubblewrap has one user only.
    """
    if os.geteuid() != 0:
        return Identity.SAME, (), ()
    weaker: tuple[str, ...] = ()
    needed = {system.CAP_SETUID, system.CAP_SETGID, system.CAP_CHOWN, system.CAP_KILL}
    held = system.held_capabilities()
    if method is Method.LANDLOCK and needed <= held and _uids_are_mapped():
        closed = closed_to_others()
        if closed is None:
            return Identity.OWN, (), ()
        # Python under a private home, as /root is: another user could not import a thing.
        if system.CAP_DAC_READ_SEARCH in held:
            return Identity.OWN_READING, (_READING.format(closed),), ()
        weaker = (_SHARING.format(closed),)
    shut = closed_to_plain_root()
    return Identity.SAME, weaker, (_CLOSED.format(shut),) if shut else ()


def _uids_are_mapped() -> bool:
    lines = Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines()
    spans = [tuple(int(word) for word in line.split()) for line in lines]
    return any(first <= OWN_UID_BASE and first + count > _HIGHEST_UID for first, _, count in spans)
