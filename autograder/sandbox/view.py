"""What a worker sees of the files: a folder of its own in memory and, under bubblewrap, no neighbour.

The folder is a file system of its own, made in the worker before a student's code runs: the kernel counts every byte
and every file in it, also of those that are unlinked and kept open, and drops it with the process. What lies in it is
memory of the machine, up to ``Limits.scratch_bytes`` a worker, and counts in the worker's control group.

Bubblewrap stands around the fork server, so all its workers are born into one view of the files and are one user.
Each then takes a view of its own, which needs the right to mount within bubblewrap's user namespace. A worker gives up
that right with all others before it runs a student's code.
"""

import os
import shutil

from autograder.sandbox import system
from autograder.sandbox.limits import Limits

_SYSTEM_WIDE = ("cpuinfo", "meminfo")
_SEALED = system.MS_NOSUID | system.MS_NODEV | system.MS_NOEXEC


def move_into_memory(scratch: str, limits: Limits) -> None:
    """From here on this process sees, in place of ``scratch``, a copy of it that is bounded by the kernel.

    Without the right to mount, it takes a user namespace in which it has it and stays the same user. Raises OSError.
    """
    if system.CAP_SYS_ADMIN in system.held_capabilities():
        system.unshare(system.CLONE_NEWNS)
    else:
        _unshare_as_the_same_user()
    system.mount(None, "/", None, system.MS_REC | system.MS_PRIVATE)
    original = os.open(scratch, os.O_PATH | os.O_CLOEXEC)
    _copy_into_memory(original, scratch, limits)
    os.close(original)
    os.chdir(scratch)


def hide_all_but(scratch: str, limits: Limits) -> None:
    """The same, and this process sees no other folder next to ``scratch``, no process, no terminal.

    ``/proc`` is left with the size of the machine: elsewhere in it, root without any privilege may still write.
    Raises OSError.
    """
    base = os.path.dirname(scratch)
    system.unshare(system.CLONE_NEWNS)
    system.mount(None, "/", None, system.MS_REC | system.MS_PRIVATE)
    original = os.open(scratch, os.O_PATH | os.O_CLOEXEC)
    system.mount("tmpfs", base, "tmpfs", _SEALED, "size=64k,mode=755")
    os.mkdir(scratch)
    _copy_into_memory(original, scratch, limits)
    os.close(original)
    process_folder = os.path.join(base, "proc")
    os.mkdir(process_folder)
    for name in _SYSTEM_WIDE:
        shown = os.path.join(process_folder, name)
        os.close(os.open(shown, os.O_CREAT | os.O_CLOEXEC, 0o444))
        system.mount(f"/proc/{name}", shown, None, system.MS_BIND)
    system.mount(process_folder, "/proc", None, system.MS_BIND | system.MS_REC)
    system.mount("tmpfs", "/dev/pts", "tmpfs", _SEALED | system.MS_RDONLY, "size=4k")
    for folder in (base, "/proc"):
        system.mount(None, folder, None, system.MS_REMOUNT | system.MS_BIND | system.MS_RDONLY | _SEALED)
    os.chdir(scratch)


def _copy_into_memory(original: int, scratch: str, limits: Limits) -> None:
    """Mounts a file system over ``scratch`` and fills it from the open folder; the folder itself is a file too."""
    bounds = f"size={limits.scratch_bytes},nr_inodes={limits.scratch_files + 1},mode=700"
    system.mount("tmpfs", scratch, "tmpfs", _SEALED, bounds)
    shutil.copytree(f"/proc/self/fd/{original}", scratch, copy_function=shutil.copyfile, dirs_exist_ok=True)


def _unshare_as_the_same_user() -> None:
    user, group = os.geteuid(), os.getegid()
    system.unshare(system.CLONE_NEWUSER | system.CLONE_NEWNS)
    system.prctl(system.PR_SET_DUMPABLE, 1)  # the files below are root's otherwise; lockdown takes it back
    for name, content in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(content)
