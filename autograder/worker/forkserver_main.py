"""The fork server's process: imports what notebooks need, then forks a worker for each request. Trusted, one thread.

It never runs a student's code and never imports what judges it; its children do the former, after locking
themselves down.
"""

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import select
import socket
import sys
import tempfile
import traceback
from dataclasses import dataclass
from typing import Any

import pyseccomp
import torch

from autograder.sandbox import system
from autograder.sandbox.confinement import Confinement, Identity
from autograder.sandbox.limits import Limits
from autograder.sandbox.lockdown import close_all_but, confine
from autograder.sandbox.outcomes import EXIT_FAILED
from autograder.sandbox.syscalls import build_filter

# Beside what these modules import themselves: what notebooks reach for, so that no worker imports it anew.
_PRELOADED = (
    "numpy.random", "numpy.ctypeslib", "matplotlib.pyplot", "matplotlib.font_manager", "torch.nn.functional",
    "torch.optim", "torch._dynamo", "torch.utils.data", "autograder.probe.service", "autograder.worker.server",
    "autograder.lesson.drawing", "autograder.lesson.photograph", "autograder.lesson.solving",
)  # fmt: skip
_CHANNEL = 3
_REQUEST_BYTES = 1 << 16


@dataclass(frozen=True)
class _Child:
    pid: int
    handle: socket.socket


def main() -> None:
    """Runs the fork server: arguments are the control socket's descriptor and modules to preload."""
    control = socket.socket(fileno=int(sys.argv[1]))
    system.prctl(system.PR_SET_DUMPABLE, 0)  # no worker of the same user looks into this process
    torch.set_num_threads(1)
    _preload(sys.argv[2:])
    if len(os.listdir("/proc/self/task")) != 1:
        sys.exit("A module that was preloaded started a thread: forked workers would hang.")
    filters: dict[int, pyseccomp.SyscallFilter] = {}
    gc.collect()
    gc.freeze()
    control.send(b"ready")
    _serve(control, filters)


def _preload(modules: list[str]) -> None:
    for name in _PRELOADED:
        importlib.import_module(name)
    for name in modules:
        with contextlib.suppress(Exception):  # what is not there costs a worker the time of importing it, no more
            pkgutil.resolve_name(name)  # which may be of something in a module, that is loaded when it is asked for
    from autograder.probe import devices, operations
    from autograder.worker.shell import create_shell

    create_shell()
    # The pretend one, without a look at any real one: the first operation on it imports a good part of PyTorch.
    torch.zeros(1).to(devices.accelerator("cpu"))
    with operations.forbidding(operations.CONVOLUTIONS):
        pass  # finds the operations, once for all workers


def _serve(control: socket.socket, filters: dict[int, pyseccomp.SyscallFilter]) -> None:
    """Forks on request and reports deaths, until the grader closes its end; the workers die with this process."""
    children: dict[int, _Child] = {}
    while True:
        for descriptor in select.select([control.fileno(), *children], [], [])[0]:
            if descriptor == control.fileno():
                request, descriptors, _, _ = socket.recv_fds(control, _REQUEST_BYTES, 3)
                if not request:
                    return
                _fork(request, descriptors, children, filters)
            else:
                _report_death(descriptor, children)


def _report_death(pidfd: int, children: dict[int, _Child]) -> None:
    child = children.pop(pidfd)
    _, status, usage = os.wait4(child.pid, 0)
    words = {"status": status, "cpu_s": usage.ru_utime + usage.ru_stime}
    with contextlib.suppress(OSError):  # nobody may be asking any more
        child.handle.send(json.dumps(words).encode())
    child.handle.close()
    os.close(pidfd)


def _fork(
    request: bytes, descriptors: list[int], children: dict[int, _Child], filters: dict[int, pyseccomp.SyscallFilter]
) -> None:
    channel, output, handle_descriptor = descriptors
    handle = socket.socket(fileno=handle_descriptor)
    confinement = _decode(json.loads(request))
    if confinement.filtered and confinement.landlock_abi not in filters:
        filters[confinement.landlock_abi] = build_filter(confinement.landlock_abi)
    parent = os.getpid()
    try:
        pid = os.fork()
    except OSError:
        pid = -1
    if pid == 0:
        _become_worker(confinement, filters.get(confinement.landlock_abi), channel, output, parent)
    os.close(channel)
    os.close(output)
    if pid < 0:
        handle.close()
        return
    pidfd = os.pidfd_open(pid)
    children[pidfd] = _Child(pid, handle)
    with contextlib.suppress(OSError):
        socket.send_fds(handle, [b"forked"], [pidfd])


def _decode(request: dict[str, Any]) -> Confinement:
    fixed = {
        "readable": tuple(request["readable"]),
        "groups": tuple(request["groups"]),
        "identity": Identity(request["identity"]),
        "limits": Limits(**request["limits"]),
    }
    return Confinement(**{**request, **fixed})


def _become_worker(
    confinement: Confinement, rules: pyseccomp.SyscallFilter | None, channel: int, output: int, parent: int
) -> None:
    """Turns this forked process into a worker and never returns."""
    code = EXIT_FAILED
    try:
        _take_descriptors(channel, output)
        os.setsid()
        os.umask(0o077)
        os.chdir(confinement.scratch)
        _take_environment(confinement.scratch)
        confine(confinement, rules, parent)
        from autograder.worker.server import serve

        code = serve(socket.socket(fileno=_CHANNEL))
    except BaseException:
        with contextlib.suppress(BaseException):
            os.write(2, traceback.format_exc().encode("utf-8", "replace"))
    finally:
        os._exit(code)


def _take_descriptors(channel: int, output: int) -> None:
    """Leaves this process with an empty input (0), the output pipe (1 and 2) and the channel (3), nothing else."""
    spare = 1 + max(channel, output, _CHANNEL)
    os.dup2(channel, spare)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(spare, _CHANNEL)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    close_all_but((0, 1, 2, _CHANNEL))


def _take_environment(scratch: str) -> None:
    os.environ.clear()
    os.environ.update(
        HOME=scratch,
        TMPDIR=scratch,
        PWD=scratch,
        LANG="C.UTF-8",
        PATH="/usr/local/bin:/usr/bin:/bin",
        MPLBACKEND="module://matplotlib_inline.backend_inline",
        MPLCONFIGDIR=scratch,
        IPYTHONDIR=scratch,
        OMP_NUM_THREADS="1",
        OPENBLAS_NUM_THREADS="1",
        MKL_NUM_THREADS="1",
    )
    tempfile.tempdir = None  # a module that was preloaded may have asked for it, and it was the fork server's
