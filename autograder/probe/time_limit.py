"""Stops code that runs for too long, in its own process and without ending it."""

import contextlib
import ctypes
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

# After code has run out of time once, its other calls get less: right answers take milliseconds.
IMPATIENT_TIME_LIMIT_S = 1.0
# How often the watchdog looks at the clock. Threads of PyTorch's use up processor time faster than it goes by.
WATCHDOG_PERIOD_S = 0.05
DELIVERY_STEPS = 100  # what one thread has another raise is raised at the other's next step


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
    matters, somebody outside has to watch too. Limits do not nest.
    """
    limit = TimeLimit()
    if seconds is None:
        yield limit
        return
    # Windows has no such timer, and only the main thread is told by signals.
    has_timer = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    with _timer(seconds, limit) if has_timer else _watchdog(seconds, limit):
        yield limit


@contextlib.contextmanager
def _timer(seconds: float, limit: TimeLimit) -> Iterator[None]:
    """Lets the system watch, which sends a signal."""

    def stop(number: int, frame: FrameType | None) -> None:
        limit.reached = True
        raise TimeLimitReached(f"stopped after {seconds:g} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def _watchdog(seconds: float, limit: TimeLimit) -> Iterator[None]:
    """Lets a thread watch, which has the interpreter raise the exception in this one: once at the most."""
    ended, stopping = threading.Event(), threading.Lock()
    watched, started = threading.get_ident(), time.process_time()

    def watch() -> None:
        while (left := seconds - (time.process_time() - started)) > 0:
            if ended.wait(min(left, WATCHDOG_PERIOD_S)):
                return
        with stopping:
            if not ended.is_set():
                limit.reached = True
                _stop_thread(watched)

    threading.Thread(target=watch, name="time limit", daemon=True).start()
    try:
        yield
    finally:
        with stopping:
            ended.set()
        if limit.reached:
            # The interpreter may have been told so late that it has not raised it yet: then it does so here. To take
            # it back would leave the interpreter looking for it without end, at every step, and crawling.
            for _ in range(DELIVERY_STEPS):
                pass


def _stop_thread(ident: int) -> None:
    """Have the interpreter raise TimeLimitReached in a thread, at its next step."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(ident), ctypes.py_object(TimeLimitReached))
