"""The trusted side's handle on the fork server: a process that has imported torch and forks locked-down workers."""

import contextlib
import json
import os
import socket
import subprocess
import threading
import weakref
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from autograder.errors import AutograderError
from autograder.sandbox.base import make_base, sweep_bases
from autograder.sandbox.bubblewrap import wrapper
from autograder.sandbox.cgroup import Cgroups
from autograder.sandbox.confinement import Confinement
from autograder.sandbox.isolation import Isolation, Method, require_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import WorkerLost
from autograder.sandbox.readable import python_with_package, readable_paths
from autograder.sandbox.scratch import create_scratch, remove_scratch
from autograder.sandbox.worker import Worker

_START_S = 120.0
_BOOT = "from autograder.worker.forkserver_main import main; main()"


class ForkServerFailed(AutograderError):
    """The fork server did not start."""


class ForkServer:
    """Hands out workers. Starts its process at the first one, and anew should it die; a context manager."""

    def __init__(
        self, *, preload: Sequence[str] = (), isolate: bool = True, isolation: Isolation | None = None
    ) -> None:
        """``preload``: modules imported before a worker is forked, as far as they can be. ``isolate`` False takes all
        protection away, for code that is trusted. Raises IsolationMissing when this machine cannot isolate.
        """
        self.isolation = require_isolation(isolate, isolation)
        self._cgroups = Cgroups.given() if self.isolation.method is Method.LANDLOCK else None
        self._preload = tuple(preload)
        self._process: _ForkServerProcess | None = None
        self._lock = threading.Lock()

    def worker(self, files: Path | None = None, *, limits: Limits = Limits()) -> Worker:  # noqa: B008 (frozen)
        """A new worker, ready, in a private folder with a copy of the regular files in ``files``.

        Raises WorkerLost when it cannot be set up, ForkServerFailed, TooManyFiles, CgroupUnusable.
        """
        with self._lock:
            if self._process is None or not self._process.alive:
                self._stop()
                self._process = _ForkServerProcess(self.isolation, self._cgroups, self._preload)
            try:
                return self._process.fork(files, limits)
            except WorkerLost:
                self._stop()  # whatever ails it: the next worker comes from a fresh one
                raise

    def close(self) -> None:
        """Ends the fork server and with it every worker that is left."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None
        if self._cgroups is not None:
            self._cgroups.sweep()

    def __enter__(self) -> "ForkServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class _ForkServerProcess:
    """One life of the fork server."""

    def __init__(self, isolation: Isolation, cgroups: Cgroups | None, preload: Sequence[str]) -> None:
        self._isolation, self._cgroups, self._owner = isolation, cgroups, os.getpid()
        sweep_bases()
        self._base, self._mark = make_base()
        (self._base / "home").mkdir()
        lasting = isolation.method is not Method.BUBBLEWRAP  # there, workers could write to it
        self._fonts = _font_cache(self._base / "home") if lasting else self._base / "home"
        self._workers: weakref.WeakSet[Worker] = weakref.WeakSet()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._log = self._base / "forkserver.log"
        try:
            with theirs, self._log.open("wb") as log:
                command = [*self._wrapper(), *python_with_package(_BOOT, str(theirs.fileno()), *preload)]
                self._popen = subprocess.Popen(
                    command,
                    pass_fds=[theirs.fileno()],
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self._base / "home",
                    start_new_session=True,
                )
        except BaseException:
            self._control.close()
            remove_scratch(self._base)
            raise
        self._finish = weakref.finalize(self, _end, self._owner, self._popen, self._control, self._base)
        self._await_ready()

    @property
    def alive(self) -> bool:
        """Whether it can still fork, for this process: a forked copy of the grader must start its own."""
        return self._owner == os.getpid() and self._popen.poll() is None

    def fork(self, files: Path | None, limits: Limits) -> Worker:
        group = self._cgroups.make(limits) if self._cgroups else None
        scratch = create_scratch(self._base, files, limits)
        confinement = Confinement(
            scratch=str(scratch),
            readable=readable_paths() if self._isolation.landlock_abi else (),
            landlock_abi=self._isolation.landlock_abi,
            filtered=self._isolation.seccomp,
            own_view=self._isolation.method is Method.BUBBLEWRAP,
            own_folder=self._isolation.own_folder,
            identity=self._isolation.identity,
            groups=group.members if group else (),
            limits=limits,
        )
        worker = Worker(self._control, json.dumps(asdict(confinement)).encode(), scratch, limits, group)
        self._workers.add(worker)
        return worker

    def close(self) -> None:
        for worker in list(self._workers):
            worker.close()
        self._finish()

    def _await_ready(self) -> None:
        self._control.settimeout(_START_S)
        try:
            ready = self._control.recv(1 << 16)
        except OSError:
            ready = b""
        if ready != b"ready":
            words = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            self.close()
            raise ForkServerFailed("The process that starts workers did not come up.", " ".join(words),
                                   "Run `python -m autograder doctor`.")  # fmt: skip

    def _environment(self) -> dict[str, str]:
        """A fixed environment, so that a run does not depend on the grader's; one thread, hashes the same each time."""
        environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(self._base / "home"),
            "IPYTHONDIR": str(self._base / "home"),
            "MPLCONFIGDIR": str(self._fonts),
            "MPLBACKEND": "agg",
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
        }
        if "LD_LIBRARY_PATH" in os.environ:  # some Pythons cannot start without it
            environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
        return environment

    def _wrapper(self) -> list[str]:
        program = self._isolation.bubblewrap
        return wrapper(program, str(self._base)) if program else []


def _font_cache(otherwise: Path) -> Path:
    """A folder of this user that lasts, for Matplotlib's list of fonts: making the list takes a second."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "autograder" / "matplotlib"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return otherwise
    return cache


def _end(owner: int, process: "subprocess.Popen[bytes]", control: socket.socket, base: Path) -> None:
    """Closes the control socket, at which the fork server exits and its workers die; kills it should it not."""
    control.close()
    if owner != os.getpid():
        return
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with contextlib.suppress(OSError):  # a worker whose handle was dropped may be dying still
        remove_scratch(base)
