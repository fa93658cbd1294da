"""How a worker can come to an end, and the words for it."""

import os
import signal
from dataclasses import dataclass
from enum import StrEnum

# The exit code with which a worker says that it ran out of memory outside the student's own ``except``.
EXIT_OUT_OF_MEMORY = 71
# That of a worker that could not lock itself down, or failed in itself.
EXIT_FAILED = 70
# That of a worker that found its channel closed.
EXIT_CHANNEL_CLOSED = 72
CLOSED_CHANNEL_DETAIL = "your code closed the channel over which it is asked"


class Outcome(StrEnum):
    """The reason why a worker is gone."""

    WALL_LIMIT = "wall-limit"
    CPU_LIMIT = "cpu-limit"
    MEMORY_LIMIT = "memory-limit"
    OUTPUT_LIMIT = "output-limit"
    FILE_SIZE_LIMIT = "file-size-limit"
    EXITED = "exited"
    CRASHED = "crashed"
    FORBIDDEN_CALL = "forbidden-syscall"
    PROTOCOL_VIOLATION = "protocol-violation"
    CLOSED_CHANNEL = "closed-channel"
    KILLED = "killed"
    LOST = "lost"


class WorkerLost(Exception):
    """The worker is gone: ``outcome`` is the reason as a word, ``detail`` one line that a student can read."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        self.outcome, self.detail = outcome, detail
        super().__init__(f"{outcome}: {detail}")


@dataclass(frozen=True)
class Death:
    """What the operating system says of a process that ended: its wait status and the CPU time it used."""

    status: int
    cpu_s: float


_CRASHES = {
    signal.SIGSEGV: "touched memory that is not its own (SIGSEGV)",
    signal.SIGABRT: "aborted (SIGABRT)",
    signal.SIGBUS: "touched memory that does not exist (SIGBUS)",
    signal.SIGILL: "ran an illegal instruction (SIGILL)",
    signal.SIGFPE: "made an illegal calculation (SIGFPE)",
}


def classify(death: Death, *, raw_output: str, cpu_limit_s: int, memory_bytes: int) -> WorkerLost:
    """The loss of a worker that died by itself, from its wait status and what it wrote on its standard error."""
    if os.WIFEXITED(death.status):
        return _classify_exit(os.WEXITSTATUS(death.status), memory_bytes)
    number = os.WTERMSIG(death.status)
    if number == signal.SIGXCPU or (number == signal.SIGKILL and death.cpu_s >= cpu_limit_s):
        return WorkerLost(Outcome.CPU_LIMIT, f"your code used more than {cpu_limit_s} s of processor time")
    if number == signal.SIGXFSZ:
        return WorkerLost(Outcome.FILE_SIZE_LIMIT, "your code wrote a file that is too large")
    if number == signal.SIGSYS:
        return WorkerLost(Outcome.FORBIDDEN_CALL, "your code asked the system for something that is not allowed here")
    if number == signal.SIGABRT and "bad_alloc" in raw_output:
        return out_of_memory(memory_bytes)
    if number in _CRASHES:
        return WorkerLost(Outcome.CRASHED, f"your code crashed Python: it {_CRASHES[signal.Signals(number)]}")
    if number == signal.SIGKILL:
        return WorkerLost(Outcome.KILLED, "the process was killed (SIGKILL), as systems do when memory runs out")
    return WorkerLost(Outcome.KILLED, f"the process was ended by signal {number}")


def _classify_exit(code: int, memory_bytes: int) -> WorkerLost:
    if code == EXIT_OUT_OF_MEMORY:
        return out_of_memory(memory_bytes)
    if code == EXIT_CHANNEL_CLOSED:
        return WorkerLost(Outcome.CLOSED_CHANNEL, CLOSED_CHANNEL_DETAIL)
    return WorkerLost(Outcome.EXITED, f"your code called exit (code {code})")


def out_of_memory(memory_bytes: int) -> WorkerLost:
    """The loss of a worker that used up its memory."""
    return WorkerLost(Outcome.MEMORY_LIMIT, f"your code used more than {memory_bytes / 1e9:.1f} GB of memory")
