"""The processes that grade side by side, one for each core, each with a fork server of its own.

A process may be killed at any moment, as a machine does that runs out of memory. That costs no more than what was
being done in it: another process takes its place and does it again. In the standard library's pool of processes all
would lose their work, and a process that is killed while it answers would be waited for without end.
"""

import contextlib
import multiprocessing
import os
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

from autograder.errors import AutograderError

# So many processes may be lost over one task before it is given up, and with it whatever in it ends them.
LIVES = 3
_END_S = 20.0

_P = ParamSpec("_P")
_T = TypeVar("_T")


class GraderLost(AutograderError):
    """The processes that a task was done in ended in the middle of it, one after the other."""


class _GraderProcess:
    """One process, which does one task at a time; ``prepare`` is the first that it does."""

    def __init__(self, prepare: Callable[[], None] | None) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        try:
            self._process.start()
        finally:
            theirs.close()  # so that the end of the process is the end of the connection
        self._prepare = prepare

    def do(self, task: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What ``task`` returns. Raises AutograderError as the task does, EOFError or OSError when the process ends."""
        if self._prepare is not None:
            self._exchange(self._prepare, (), {})
            self._prepare = None
        return self._exchange(task, args, kwargs)

    def _exchange(self, task: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self._connection.send((task, args, kwargs))
        returned, value = self._connection.recv()
        if not returned:
            raise AutograderError(*value)
        return value

    def let_go(self) -> None:
        """Tell the process, which has nothing to do, that nothing more will come."""
        self._connection.close()

    def end(self) -> None:
        """End the process, which has nothing to do: it takes its fork server and its folders away."""
        self.let_go()
        self._process.join(_END_S)
        self._process.kill()
        self._process.join()


class GraderProcesses(Executor):
    """An executor of processes; a lost one is replaced, and what was being done in it is done again."""

    def __init__(self, jobs: int, prepare: Callable[[], None] | None = None) -> None:
        self._prepare = prepare
        self._threads = ThreadPoolExecutor(jobs)
        # None stands for a process that is started when there is something to do
        self._free: queue.SimpleQueue[_GraderProcess | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        for _ in range(jobs):
            self._free.put(None)

    def start(self) -> None:
        """Start all processes now; they prepare while nothing is to be done yet. An error comes with the first task."""
        for _ in range(self._free.qsize()):
            self.submit(_nothing)

    def submit(self, task: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """The future of ``task``; it fails with GraderLost when LIVES processes were lost over it."""
        return self._threads.submit(self._do, task, args, kwargs)

    def _do(self, task: Callable[..., _T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> _T:
        process = self._free.get()
        try:
            for _ in range(LIVES):
                process = process or _GraderProcess(self._prepare)
                try:
                    answer: _T = process.do(task, args, kwargs)
                    return answer
                except (EOFError, OSError):
                    process.end()
                    process = None
                if self._closing.is_set():
                    break
        finally:
            self._free.put(process)
        raise GraderLost(
            f"The process that graded this was ended from outside, {LIVES} times.",
            "Perhaps memory ran out: the system then ends what takes most of it.",
            "Grade it again with --jobs 1, or on a machine with more memory.",
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, after what they are doing; ``cancel_futures``: what has not begun is not done."""
        self._closing.set()
        self._threads.shutdown(wait=True, cancel_futures=cancel_futures)
        started = [process for process in (self._free.get() for _ in range(self._free.qsize())) if process is not None]
        for process in started:
            process.let_go()
        for process in started:
            process.end()


def _nothing() -> None:
    """A task that is done as soon as its process is prepared."""


@contextmanager
def grader_processes(jobs: int, prepare: Callable[[], None] | None = None) -> Iterator[GraderProcesses]:
    """An executor of so many processes, which end with this one, however it ends. What has not begun is cancelled.

    prepare: what each process does before all else.
    """
    executor = GraderProcesses(jobs, prepare)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _serve(connection: Connection) -> None:
    """Do what is sent, and send what it returns, or the sentences of its error, until nobody is there to ask."""
    _end_with_parent()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            task, args, kwargs = connection.recv()
            connection.send(_answer(task, args, kwargs))


def _answer(task: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[bool, Any]:
    """Errors cross as their sentences: not every exception survives being sent, and one that does not would end all."""
    try:
        return True, task(*args, **kwargs)
    except AutograderError as error:
        return False, (error.what, error.why, error.fix)
    except Exception as error:
        return False, ("The grader itself failed.", f"{error!r}.")
    except KeyboardInterrupt:
        return False, ("This was stopped.",)


def _end_with_parent() -> None:
    """A killed parent closes nothing that its children wait for: each has to look out for that itself."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
