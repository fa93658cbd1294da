"""Processes that grade side by side: none outlives the command, even when that is killed."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

COMMAND = """
import os, time
from autograder.grading.processes import grader_processes

if __name__ == "__main__":
    with grader_processes(2) as executor:
        print(*{executor.submit(os.getpid).result() for _ in range(4)}, flush=True)
        time.sleep(600)
"""


@pytest.fixture
def command(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A command that has started its processes; it prints their ids."""
    script = tmp_path / "command.py"
    script.write_text(COMMAND)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as running:
        yield running
        running.kill()


def test_processes_end_with_a_command_that_is_killed(command: subprocess.Popen[str]) -> None:
    assert command.stdout is not None
    children = [os.pidfd_open(int(pid)) for pid in command.stdout.readline().split()]
    assert children
    command.send_signal(signal.SIGKILL)
    for child in children:
        assert _has_ended(child)
        os.close(child)


def _has_ended(child: int) -> bool:
    """Whether the process ends within a minute; a descriptor of a process can be read when it has ended."""
    return bool(select.select([child], [], [], 60)[0])
