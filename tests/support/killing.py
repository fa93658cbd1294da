"""Kills processes of a running command at moments that nobody chose."""

import os
import random
import select
import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


def descendants(root: int) -> dict[int, str]:
    """The processes that ``root`` started, and those that they started, with their command lines."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended since
            continue
        if words[0] != "Z":
            children.setdefault(int(words[1]), []).append(int(stat.parent.name))
    found: dict[int, str] = {}
    waiting = [root]
    while waiting:
        for child in children.get(waiting.pop(), []):
            waiting.append(child)
            found[child] = _command_line(child)
    return found


def _command_line(pid: int) -> str:
    try:
        return Path("/proc", str(pid), "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def wait_for_end(pids: list[int], within_s: float = 60.0) -> bool:
    """Whether all these processes end within the time."""
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            if not select.select([descriptor], [], [], within_s)[0]:
                return False
        finally:
            os.close(descriptor)
    return True


def toll(
    wanted: Mapping[str, Sequence[float]], found: Mapping[str, Sequence[float | None]], kills: Mapping[str, int]
) -> str:
    """What a round has cost: the kills by kind, and the marks that are missing or wrong, or there once too often."""
    lost = sum((Counter(marks) - Counter(found.get(student, ()))).total() for student, marks in wanted.items())
    doubled = sum(max(0, len(marks) - len(wanted.get(student, ()))) for student, marks in found.items())
    killed = ", ".join(f"{count} {kind}" for kind, count in sorted(kills.items())) or "nobody"
    return f"killed {killed}; marks lost {lost}, doubled {doubled}"


@dataclass
class Killer:
    """Kills some process of a command now and then, as long as that runs: the same seed, the same pauses.

    at_most: how many of each kind, by a word in their command lines; a process whose command line has none of the words
    is let be.
    """

    command: "subprocess.Popen[str]"
    seed: int
    at_most: dict[str, int]
    longest_pause_s: float = 1.0
    kills: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._kill)

    def __enter__(self) -> "Killer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _kill(self) -> None:
        chance = random.Random(self.seed)
        while not self._over.wait(chance.uniform(0, self.longest_pause_s)):
            found = descendants(self.command.pid)
            targets = [
                (pid, word)
                for pid, line in sorted(found.items())
                for word, most in self.at_most.items()
                if word in line and self.kills.count(word) < most
            ]
            if targets:
                pid, word = chance.choice(targets)
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
                self.kills.append(word)
