"""A process locks itself down, for good, before it runs a line of a student's code."""

import os
import resource
import signal
from collections.abc import Sequence

import pyseccomp

from autograder.sandbox import cgroup, landlock, syscalls, system, view
from autograder.sandbox.confinement import OWN_UID_BASE, SYSTEM_READABLE, Confinement, Identity
from autograder.sandbox.limits import Limits


def confine(confinement: Confinement, rules: pyseccomp.SyscallFilter | None, parent: int) -> None:
    """Confines this process, a child of process ``parent`` with one thread, in the one order that works.

    Raises OSError when the system refuses any part: the caller must then exit.
    """
    cgroup.join(confinement.groups)
    if confinement.own_view:
        view.hide_all_but(confinement.scratch, confinement.limits)
    elif confinement.own_folder:
        view.move_into_memory(confinement.scratch, confinement.limits)
    _limit_resources(confinement.limits)
    _change_identity(confinement.identity, confinement.scratch)
    # After the change of user, which clears both. Not dumpable: no other process of this user may look inside.
    system.prctl(system.PR_SET_DUMPABLE, 0)
    system.prctl(system.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise OSError("the fork server died")
    system.prctl(system.PR_SET_NO_NEW_PRIVS, 1)
    if confinement.landlock_abi:
        landlock.restrict(_landlock_rules(confinement), confinement.landlock_abi)
    if confinement.filtered:
        if rules is None:
            raise OSError("no system call filter was built")
        syscalls.enforce(rules)


def _landlock_rules(confinement: Confinement) -> list[tuple[str, int]]:
    rules = [(path, landlock.READ) for path in (*SYSTEM_READABLE, *confinement.readable)]
    return [*rules, ("/dev/null", landlock.READ_WRITE), (confinement.scratch, landlock.READ_WRITE)]


def _limit_resources(limits: Limits) -> None:
    bounds = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_MEMLOCK: 1 << 16,
    }
    for name, value in bounds.items():
        _, hard = resource.getrlimit(name)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(name, (value, value))
    # The soft limit sends SIGXCPU, which a program may ignore; the hard one, a second later, kills.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 1))


def _change_identity(identity: Identity, scratch: str) -> None:
    """Becomes the user that ``identity`` says and gives up every capability but, at most, that to read."""
    system.drop_bounding_set()
    if identity is Identity.SAME:
        system.keep_only_capabilities(frozenset())
        return
    uid = OWN_UID_BASE + os.getpid()  # no two live processes share a process number
    for folder, _, names in os.walk(scratch):
        for path in (folder, *(os.path.join(folder, name) for name in names)):
            os.chown(path, uid, uid, follow_symlinks=False)
    keeps = identity is Identity.OWN_READING
    system.prctl(system.PR_SET_KEEPCAPS, int(keeps))
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    system.keep_only_capabilities(frozenset({system.CAP_DAC_READ_SEARCH} if keeps else ()))


def close_all_but(kept: Sequence[int]) -> None:
    """Closes every descriptor of this process except ``kept``."""
    low = 0
    for descriptor in sorted(kept):
        if low < descriptor:  # closerange(0, 0) closes everything on Python 3.11
            os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, max(low + 1, os.sysconf("SC_OPEN_MAX"), 1 << 16))
