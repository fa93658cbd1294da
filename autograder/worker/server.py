"""The loop of a worker: takes a request, runs a cell or a probe in the student's namespace, and replies."""

import random
import signal
import socket
import sys
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NoReturn

import numpy as np
import torch

import autograder
from autograder import lesson
from autograder.probe import operations, service
from autograder.probe.time_limit import TimeLimitReached, time_limit
from autograder.sandbox.outcomes import EXIT_CHANNEL_CLOSED, EXIT_OUT_OF_MEMORY
from autograder.sandbox.wire import Closed, FrameReader, Tensors, pack
from autograder.worker.events import describe
from autograder.worker.shell import NotebookShell, create_shell

_SEED = 0  # the same for every worker: a regrade agrees with the grade
_MAX_REQUEST_BYTES = 1 << 30
_WISHES = ("shown", "piecemeal", "last_line", "leave_out_last", "max_characters")


def serve(stream: socket.socket) -> int:
    """Answers requests until the grader closes the channel; the process's exit code."""
    _seed_everything()
    _forget_the_repository()
    _forget_the_grader()
    try:
        _Server(stream).run()
    except MemoryError:
        return EXIT_OUT_OF_MEMORY
    except (Closed, OSError):
        return EXIT_CHANNEL_CLOSED


def _seed_everything() -> None:
    random.seed(_SEED)
    np.random.seed(_SEED)
    torch.manual_seed(_SEED)


def _forget_the_repository() -> None:
    """Modules are found beside the notebook, as in Jupyter, and not beside this package, in a checkout of it."""
    beside = str(Path(autograder.__file__).resolve().parent.parent)
    if Path(beside).name not in ("site-packages", "dist-packages"):
        sys.path[:] = [entry for entry in sys.path if entry != beside]
        sys.path_importer_cache.pop(beside, None)
    sys.path.insert(0, "")


def _forget_the_grader() -> None:
    """A notebook finds no module of this package but the two it knows: ``check``, which answers nothing here, and the
    ``lesson`` that its figures are drawn with.

    So a cell in which a student asks for a check runs on, and no import leads to what answers the judge; nor do the
    globals of that ``check``, which has a namespace of its own, nor those of ``lesson``, which imports nothing of ours.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] == "autograder"]:
        if not name.startswith("autograder.lesson"):
            del sys.modules[name]
    package, check = ModuleType("autograder"), ModuleType("autograder.check")
    package.__path__ = []
    vars(package).update(check=check, lesson=lesson)
    vars(check)["check"] = FunctionType(_check_nothing.__code__, {"__name__": check.__name__})
    sys.modules |= {"autograder": package, "autograder.check": check}


def _check_nothing(question_id: str) -> None:
    """Stands in for ``autograder.check.check`` while a notebook is graded."""


class _Server:
    def __init__(self, stream: socket.socket) -> None:
        self._stream = stream
        self._reader = FrameReader(stream, max_payload_bytes=_MAX_REQUEST_BYTES)
        self._shell: NotebookShell = create_shell()
        self._shell.attach(self._emit)
        self._send({"ready": True})

    def run(self) -> NoReturn:
        while True:
            frame = self._reader.read()
            assert frame is not None  # the channel blocks
            nonce, request = frame.message["nonce"], frame.message["request"]
            try:
                reply, tensors = self._answer(request, frame.tensors)
                data = pack({"nonce": nonce, "reply": reply}, tensors)
            except MemoryError:
                raise
            except BaseException as error:
                data = pack({"nonce": nonce, "reply": {"failed": describe(error)[0]}})
            self._send_bytes(data)

    def _answer(self, request: dict[str, Any], tensors: Tensors) -> tuple[Any, Tensors]:
        with time_limit(request.get("time_limit_s")) as limit:
            if request["do"] == "forbid":
                operations.forbid_for_good(request["names"])
                return {"ok": True}, {}
            if request["do"] == "cell":
                wishes = {key: request[key] for key in _WISHES if key in request}
                failed_at = self._shell.run(request["source"], **wishes)
                return {"ok": failed_at is None, "failed_at": failed_at, "in_time": not limit.reached}, {}
            with self._shell.muted():
                reply, answers = service.answer(request, tensors, self._shell.user_ns)
            if limit.reached:  # and swallowed by the code that it was to stop
                raise TimeLimitReached
            return reply, dict(answers)

    def _emit(self, event: dict[str, Any]) -> None:
        self._send({"event": event})

    def _send(self, message: dict[str, Any]) -> None:
        self._send_bytes(pack(message))

    def _send_bytes(self, data: bytes) -> None:
        """Sends a whole frame: the time limit may not fall into the middle of it."""
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})
        try:
            self._stream.sendall(data)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGPROF})
