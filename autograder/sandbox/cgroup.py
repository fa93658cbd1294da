"""Control groups: where the grader was given one, a worker is bounded as a whole, with shared memory and page cache.

The groups of a machine belong to whoever runs it (systemd, a container's runtime), so none is touched by itself: the
variable ``AUTOGRADER_CGROUP`` names the folder of a group that was made for the grader; of version 1, one in each
hierarchy, with colons between. Without it, workers are bounded by resource limits alone.
"""

import contextlib
import itertools
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox.limits import Limits

VARIABLE = "AUTOGRADER_CGROUP"
_PREFIX = "autograder-"
_MEMBERS = "cgroup.procs"
# How many processes the kernel killed for want of memory: a line "oom_kill <number>", in version 2 and in version 1.
_EVENTS = ("memory.events", "memory.oom_control")


class CgroupUnusable(AutograderError):
    """The group that the grader was told to use does not bound a worker."""


_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Group:
    """One worker's group: a folder in each hierarchy."""

    folders: tuple[Path, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """The files to which a process writes ``0`` to join."""
        return tuple(str(folder / _MEMBERS) for folder in self.folders)

    def remove(self) -> bool:
        """Removes the group; False while a process is in it."""
        for folder in self.folders:
            with contextlib.suppress(FileNotFoundError):
                try:
                    folder.rmdir()
                except OSError:
                    return False
        return True


def oom_kills(group: Group) -> int:
    """How many processes in the group the kernel has killed because the group's memory was used up."""
    counts = []
    for path in (folder / name for folder in group.folders for name in _EVENTS):
        with contextlib.suppress(OSError):
            words = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
            counts += [int(count) for name, count in words if name == "oom_kill"]
    return sum(counts)


class Cgroups:
    """Makes a group for each worker, beneath those that the grader was given, and removes those that are empty."""

    def __init__(self, parents: tuple[Path, ...]) -> None:
        """Removes what a grader that was killed has left behind. Raises CgroupUnusable."""
        self.parents = parents
        self._made: list[Group] = []
        self._owner = os.getpid()
        for parent in parents:
            if not (parent / _MEMBERS).exists():
                raise CgroupUnusable(f"{parent} is no control group.", f"{VARIABLE} names it.", _FIX)
            _enable_controllers(parent)
            _remove_leftovers(parent)

    @classmethod
    def given(cls, environment: Mapping[str, str] = os.environ) -> "Cgroups | None":
        """Those that the environment names; None where it names none. Raises CgroupUnusable."""
        names = [name for name in environment.get(VARIABLE, "").split(":") if name]
        return cls(tuple(Path(name) for name in names)) if names else None

    def make(self, limits: Limits) -> Group:
        """A new group with bounds, still empty. Raises CgroupUnusable."""
        self.sweep()
        name = f"{_PREFIX}{os.getpid()}-{next(_NUMBERS)}"
        group = Group(tuple(parent / name for parent in self.parents))
        self._made.append(group)
        try:
            for folder in group.folders:
                folder.mkdir()
                if not _bound(folder, limits):
                    raise OSError("it bounds neither memory nor processes: its controllers are not enabled")
        except OSError as error:
            self.sweep()
            raise CgroupUnusable("A worker's control group could not be made.", f"{error}.", _FIX) from None
        return group

    def sweep(self) -> None:
        """Removes the groups whose worker is gone."""
        if self._owner != os.getpid():  # in a forked copy of the grader: those made before are the original's
            self._owner, self._made = os.getpid(), []
        self._made = [group for group in self._made if not group.remove()]

    def describe(self) -> str:
        """What a worker's group bounds, in words. Raises CgroupUnusable."""
        group = self.make(Limits())
        names = {name for folder in group.folders for name in os.listdir(folder)}
        self.sweep()
        memory = "memory" if names & {"memory.max", "memory.limit_in_bytes"} else ""
        return " and ".join(filter(None, (memory, "processes" if "pids.max" in names else "")))


_FIX = f"Give the grader a group that it may write to, with the controllers memory and pids, or unset {VARIABLE}."


def _bound(folder: Path, limits: Limits) -> bool:
    """Sets what the folder's controllers know, in this order; whether there is any of it. Raises OSError."""
    memory_bytes = limits.memory_bytes + limits.scratch_bytes  # a folder in memory counts as memory
    settings = {
        "memory.max": memory_bytes,
        "memory.swap.max": 0,
        "memory.limit_in_bytes": memory_bytes,
        "memory.memsw.limit_in_bytes": memory_bytes,
        "pids.max": 1,
    }
    known = [name for name in settings if (folder / name).exists()]
    for name in known:
        (folder / name).write_text(str(settings[name]), encoding="ascii")
    return bool(known)


def _enable_controllers(parent: Path) -> None:
    """Passes version 2's controllers on to the groups beneath; what cannot be is told when a group is made."""
    control = parent / "cgroup.subtree_control"
    if control.exists():
        for controller in ("memory", "pids"):
            with contextlib.suppress(OSError):
                control.write_text(f"+{controller}", encoding="ascii")


def _remove_leftovers(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            Group((folder,)).remove()


def join(members: tuple[str, ...]) -> None:
    """Puts this process into the groups with those files. Raises OSError."""
    for path in members:
        with open(path, "w", encoding="ascii") as file:
            file.write("0")
