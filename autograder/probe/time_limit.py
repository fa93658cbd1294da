"""Stops code that runs for too long, in its own process and without ending it."""

import contextlib
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

# After code has run out of time once, its other calls get less: right answers take milliseconds.
IMPATIENT_TIME_LIMIT_S = 1.0


class TimeLimitReached(BaseException):
    """Raised in code that runs for too long; not an Exception, so that a loop which ignores errors ends too."""


@dataclass
class TimeLimit:
    """Whether the limit was reached, as far as is known yet."""

    reached: bool = False


@contextlib.contextmanager
def time_limit(seconds: float | None) -> Iterator[TimeLimit]:
    """Raises TimeLimitReached in the body after ``seconds`` of processor time; None is no limit.

    Processor time is the same on a busy machine. Code that sleeps uses none, and code may be deaf to this: where that
    matters, somebody outside has to watch too. For the main thread only, as signals are.
    """
    limit = TimeLimit()
    if seconds is None:
        yield limit
        return

    def stop(number: int, frame: FrameType | None) -> None:
        limit.reached = True
        raise TimeLimitReached(f"stopped after {seconds:g} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield limit
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
