"""Which parts of the isolation hold on this machine, and what to install for those that do not."""

import functools
import os
import shutil
import site
import stat
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import torch

import autograder
from autograder.errors import AutograderError
from autograder.sandbox import system
from autograder.sandbox.landlock import landlock_abi as kernel_landlock_abi
from autograder.sandbox.lockdown import OWN_UID_BASE, Identity

PACKAGE = Path(autograder.__file__).resolve().parent
_HIGHEST_UID = OWN_UID_BASE + (1 << 22)  # the kernel's largest process number


class Method(StrEnum):
    """What keeps a worker from files that are not its own."""

    LANDLOCK = "Landlock"
    BUBBLEWRAP = "bubblewrap"
    NONE = "none"


@dataclass(frozen=True)
class Isolation:
    """What holds here. ``landlock_abi`` is 0 without Landlock; ``missing`` says what to do, a sentence each."""

    method: Method
    landlock_abi: int
    seccomp: bool
    identity: Identity
    bubblewrap: str | None
    missing: tuple[str, ...]

    @property
    def safe(self) -> bool:
        """Whether a student's code can be run: files are out of reach, and so are system calls."""
        return self.method is not Method.NONE and self.seccomp

    def describe(self) -> tuple[str, ...]:
        """What is in force, a sentence each, for people."""
        landlock = f" (ABI {self.landlock_abi})" if self.method is Method.LANDLOCK else ""
        return (
            f"files: {self.method}{landlock}",
            f"system calls: {'seccomp filter' if self.seccomp else 'none'}",
            f"a worker runs as {self.identity}",
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
    bubblewrap = None if abi else _working_bubblewrap()
    method = Method.LANDLOCK if abi else Method.BUBBLEWRAP if bubblewrap else Method.NONE
    seccomp, reason = _seccomp()
    missing = [] if seccomp else [reason]
    if method is Method.NONE:
        missing.append("There is neither Landlock (Linux 5.13 or newer) nor a working bubblewrap (package bubblewrap).")
    return Isolation(method, abi, seccomp, _identity(method), bubblewrap, tuple(missing))


def unconfined() -> Isolation:
    """No isolation at all, by explicit word of the user."""
    return Isolation(Method.NONE, 0, False, Identity.SAME, None, ("Isolation was switched off by request.",))


def readable_paths() -> tuple[str, ...]:
    """The folders a worker must read: the standard library, the installed packages and this package alone.

    The folder that holds this package may hold solutions: it is not among them.
    """
    paths = sysconfig.get_paths()
    folders = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    folders += [*site.getsitepackages(), str(Path(torch.__file__).parent.parent), str(PACKAGE)]
    library = sysconfig.get_config_var("LIBDIR")
    folders += [library] if library else []
    real = {os.path.realpath(folder) for folder in folders if os.path.isdir(folder)}
    return tuple(sorted(real))


@functools.cache
def _seccomp() -> tuple[bool, str]:
    try:
        system.prctl(system.PR_GET_SECCOMP)
    except OSError:
        return False, "The kernel has no seccomp filters."
    try:
        import pyseccomp  # noqa: F401  (importing it is the question)
    except (ImportError, RuntimeError, OSError):
        return False, "libseccomp cannot be loaded (packages libseccomp2 and, for pip, pyseccomp)."
    return True, ""


@functools.cache
def _working_bubblewrap() -> str | None:
    program = shutil.which("bwrap")
    if program is None:
        return None
    command = [program, "--ro-bind", "/", "/", "--unshare-all", "--proc", "/proc", "--dev", "/dev", "true"]
    trial = subprocess.run(command, capture_output=True, timeout=20, check=False)
    return program if trial.returncode == 0 else None


def _identity(method: Method) -> Identity:
    """Root gives every worker a user of its own where it can; bubblewrap has one user only."""
    needed = {system.CAP_SETUID, system.CAP_SETGID, system.CAP_CHOWN, system.CAP_KILL}
    held = system.held_capabilities()
    if os.geteuid() != 0 or method is not Method.LANDLOCK or not needed <= held or not _uids_are_mapped():
        return Identity.SAME
    if all(_open_to_others(Path(path)) for path in (*readable_paths(), sys.executable, torch.__file__, __file__)):
        return Identity.OWN
    # Python under a private home, as /root is: another user could not import a thing.
    return Identity.OWN_READING if system.CAP_DAC_READ_SEARCH in held else Identity.SAME


def _uids_are_mapped() -> bool:
    lines = Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines()
    spans = [tuple(int(word) for word in line.split()) for line in lines]
    return any(first <= OWN_UID_BASE and first + count > _HIGHEST_UID for first, _, count in spans)


def _open_to_others(path: Path) -> bool:
    real = path.resolve()
    if not all(parent.stat().st_mode & stat.S_IXOTH for parent in real.parents):
        return False
    return bool(real.stat().st_mode & stat.S_IROTH)
