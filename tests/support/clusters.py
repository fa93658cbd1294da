"""A Dask cluster of a test's own: a scheduler and workers, each a process with a folder of its own."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_ADDRESS = re.compile(r"Scheduler at:\s+(tcp://\S+)")
_JOINED = "Registered to"


@dataclass
class Cluster:
    """A scheduler's address, and its workers in the order in which they were started."""

    address: str
    folder: Path
    workers: list["subprocess.Popen[str]"] = field(default_factory=list)

    def add_worker(self, prefix: tuple[str, ...] = (), environment: Mapping[str, str] | None = None) -> None:
        """Start one more worker, and wait until it has joined. ``prefix``: a command that runs it."""
        own = self.folder / f"worker{len(self.workers)}"
        own.mkdir()
        arguments = ("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        worker = _start(own, *arguments, prefix=prefix, environment=environment or {})
        self.workers.append(worker)
        _wait_for(worker, re.compile(_JOINED))


@contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A cluster on this machine, over TCP. Its processes share no folder with the course."""
    (folder / "scheduler").mkdir(parents=True)
    arguments = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    scheduler = _start(folder / "scheduler", *arguments)
    cluster = Cluster(_wait_for(scheduler, _ADDRESS)[1], folder)
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        for process in (*cluster.workers, scheduler):
            process.kill()
            process.communicate()


def _start(
    folder: Path, *arguments: str, prefix: tuple[str, ...] = (), environment: Mapping[str, str] | None = None
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*prefix, sys.executable, "-m", "dask", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _wait_for(process: "subprocess.Popen[str]", words: "re.Pattern[str]") -> "re.Match[str]":
    """The first of a process's log lines that has the words; what follows is thrown away."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        found = words.search(line)
        if found is not None:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return found
    raise AssertionError("".join(said))
