"""Reads an attack's file, and gives it something to attack."""

import os
import re
import resource
import secrets
import site
import socket
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
_HEADER = re.compile(r"# (marks|timeout|proof|says|needs)(?: (\d+))?: (.*)")
_LIMITS = 16  # as many as Linux has
_CELL = re.compile(r"^# %% (.+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Attack:
    """An attack's cells, and what is to come of it.

    marks: of the questions under attack, by id. says: how many properties have a text in their messages.
    timeouts: ids of the properties that time out; None when any may.
    """

    marks: Mapping[str, float]
    says: Mapping[str, int]
    timeouts: frozenset[str] | None
    needs_proof: bool
    needs_folder_in_memory: bool
    own_cells: tuple[str, ...]
    answers: Mapping[str, str]


def read_attack(path: Path, places: Mapping[str, object], honest: Mapping[str, str]) -> Attack:
    """The attack in a file, aimed at these places."""
    text = path.read_text(encoding="utf-8")
    for name, place in places.items():
        text = text.replace(f"{{{name}}}", str(place))
    for question, answer in honest.items():
        text = re.sub(rf"^# the honest {question}$", lambda _, answer=answer: answer, text, flags=re.MULTILINE)
    head, *rest = _CELL.split(text)
    cells = list(zip(rest[::2], rest[1::2], strict=True))
    fields = [(found[1], found[2], found[3]) for found in _HEADER.finditer(head)]
    timeouts = [value for name, _, value in fields if name == "timeout"]
    return Attack(
        marks={value.split()[0]: float(value.split()[1]) for name, _, value in fields if name == "marks"},
        says={value: int(count) for name, count, value in fields if name == "says"},
        timeouts=frozenset(timeouts) if timeouts else None,
        needs_proof=any(name == "proof" for name, _, _ in fields),
        needs_folder_in_memory=any(name == "needs" for name, _, _ in fields),
        own_cells=tuple(source for name, source in cells if name == "own cell"),
        answers={name: source for name, source in cells if name != "own cell"},
    )


class Places:
    """What attacks are aimed at: a copy of a course, and sockets that listen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "course"
        source = self.folder / "source" / "conv_layer"
        source.mkdir(parents=True)
        secret = secrets.token_hex(16)
        (source / "conv_layer.py").write_text(f"# {secret}\ndef corr2d(X, K):\n    return X\n")
        (self.folder / "victim").touch()
        with sqlite3.connect(self.folder / "gradebook.db") as gradebook:
            gradebook.execute("CREATE TABLE grade (score REAL)")
        self._open_to_everyone()
        self._stack = ExitStack()
        self._tcp = self._stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        self._udp = self._stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self._udp.bind(("127.0.0.1", 0))
        self._unix = self._stack.enter_context(socket.socket(socket.AF_UNIX))
        self._unix.bind(str(folder / "socket"))
        self._unix.listen()
        (folder / "socket").chmod(0o777)
        self._mark = f"attack-{secrets.token_hex(8)}"
        self._abstract = self._stack.enter_context(socket.socket(socket.AF_UNIX))
        self._abstract.bind(f"\0{self._mark}")
        self._abstract.listen()
        self.names = {
            "canary": self.folder, "repository": REPOSITORY, "grader": os.getpid(), "unix": folder / "socket",
            "tcp": self._tcp.getsockname()[1], "udp": self._udp.getsockname()[1], "mark": self._mark,
        }  # fmt: skip
        self._before, self._process_before = self._contents(), _this_process()

    def close(self) -> None:
        """Shut the sockets and undo what an attack that worked has done outside the course."""
        self._stack.close()
        for path in self._marked():
            path.unlink()
        resource.setrlimit(resource.RLIMIT_SIGPENDING, self._process_before[resource.RLIMIT_SIGPENDING])

    def traces(self) -> list[str]:
        """What has changed since the places were made, or been heard."""
        traces = [] if self._contents() == self._before else ["the course was changed"]
        traces += [] if _this_process() == self._process_before else ["the grader's limits were changed"]
        traces += [f"{path} was left" for path in self._marked()]
        listeners = {"TCP": self._tcp, "UDP": self._udp, "a Unix socket": self._unix, "a named one": self._abstract}
        for name, listener in listeners.items():
            listener.setblocking(False)
            try:
                listener.recv(1) if listener is self._udp else listener.accept()
            except BlockingIOError:
                continue
            traces.append(f"{name} was heard")
        return traces

    def _contents(self) -> dict[str, tuple[int, int, bytes]]:
        found = {}
        for path in sorted(self.folder.rglob("*")):
            status = path.lstat()
            content = path.read_bytes() if path.is_file() else b""
            found[str(path)] = (status.st_mode, status.st_mtime_ns, content)
        return found

    def _marked(self) -> list[Path]:
        """Files with the attack's own name where a system, Python or this package would come upon them."""
        folders = ["/dev/shm", "/tmp", "/var/tmp", Path.home(), *site.getsitepackages(), REPOSITORY, *sys.path]
        folders += [REPOSITORY / "autograder", REPOSITORY / "autograder" / "__pycache__"]
        found = {path for folder in folders for path in Path(folder).glob(f"*{self._mark}*")}
        return sorted(path for path in found if path != self.folder)

    def _open_to_everyone(self) -> None:
        """What is to stop an attack is the sandbox, and not the mode of a file."""
        for path in (self.folder, *self.folder.rglob("*")):
            path.chmod(0o777)
        for parent in list(self.folder.parents)[:4]:
            if parent.stat().st_uid == os.getuid():
                parent.chmod(parent.stat().st_mode | 0o011)


def _this_process() -> dict[int, tuple[int, ...]]:
    """What another process could take away from this one: its limits, its processors and its priority."""
    limits: dict[int, tuple[int, ...]] = {number: resource.getrlimit(number) for number in range(_LIMITS)}
    return limits | {-1: tuple(sorted(os.sched_getaffinity(0))), -2: (os.getpriority(os.PRIO_PROCESS, 0),)}


@contextmanager
def places_in(folder: Path) -> Iterator[Places]:
    """Places to attack in a folder."""
    places = Places(folder)
    try:
        yield places
    finally:
        places.close()
