"""Processes that grade side by side: a lost one is replaced, and none outlives its command, even a killed one."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.grading.processes import LIVES, GraderLost, grader_processes
from autograder.sandbox.isolation import IsolationMissing, unconfined

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


def tell(pipe: Path) -> None:
    """Write into a pipe, which waits for somebody to read it."""
    pipe.write_text("prepared")


def test_processes_that_are_started_prepare_before_there_is_anything_to_do(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with grader_processes(1, partial(tell, pipe)) as executor:
        executor.start()
        assert pipe.read_text() == "prepared"


def test_what_goes_wrong_in_preparing_is_told_with_the_first_task() -> None:
    with grader_processes(1, partial(refuse, AutograderError("Not ready."))) as executor:
        executor.start()
        with pytest.raises(AutograderError, match="Not ready"):
            executor.submit(abs, -1).result()


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with grader_processes(2) as executor:
        yield executor


def die(times: int, deaths: Path) -> int:
    """Kills its own process, so many times; returns how many times it did."""
    done = deaths.stat().st_size if deaths.exists() else 0
    if done < times:
        with deaths.open("a") as file:
            file.write("x")
        os.kill(os.getpid(), signal.SIGKILL)
    return done


def refuse(error: Exception) -> None:
    raise error


def refuse_with_an_error_that_cannot_be_sent() -> None:
    raise IsolationMissing(unconfined())


def test_what_a_lost_process_was_doing_is_done_again(executor: Executor, tmp_path: Path) -> None:
    assert executor.submit(die, LIVES - 1, tmp_path / "deaths").result() == LIVES - 1


def test_what_ends_every_process_is_given_up_and_costs_its_neighbours_nothing(
    executor: Executor, tmp_path: Path
) -> None:
    deadly = [executor.submit(die, 10**6, tmp_path / str(number)) for number in range(2)]
    harmless = [executor.submit(abs, -number) for number in range(20)]
    for future in deadly:
        with pytest.raises(GraderLost, match="ended from outside"):
            future.result()
    assert [future.result() for future in harmless] == list(range(20))


def test_errors_come_back_as_sentences(executor: Executor) -> None:
    with pytest.raises(AutograderError, match=r"^What\. Why\. Do this\.$"):
        executor.submit(refuse, AutograderError("What.", "Why.", "Do this.")).result()
    with pytest.raises(AutograderError, match=r"The grader itself failed.*ZeroDivisionError"):
        executor.submit(divmod, 1, 0).result()
    with pytest.raises(AutograderError):
        executor.submit(refuse_with_an_error_that_cannot_be_sent).result()
