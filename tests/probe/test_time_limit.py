"""Code that runs for too long is stopped where it runs: by a signal, or by a thread where there is no such signal."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from autograder.probe.time_limit import TimeLimit, TimeLimitReached, time_limit

# None of them exists on Windows.
NAMES_OF_UNIX = ("setitimer", "getitimer", "ITIMER_PROF", "ITIMER_REAL", "ITIMER_VIRTUAL", "SIGPROF", "SIGALRM")
LONG_S = 60.0


@pytest.fixture(params=["as it is here", "as on Windows"])
def anywhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "as on Windows":
        as_on_windows(monkeypatch)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    as_on_windows(monkeypatch)


def as_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES_OF_UNIX:
        monkeypatch.delattr(signal, name)


def spend(processor_s: float) -> None:
    """Computes for so long, or until it is stopped."""
    end = time.process_time() + processor_s
    while time.process_time() < end:
        pass


def ignores_errors() -> None:
    while True:
        with suppress(Exception):
            spend(LONG_S)


def stopped_in(limit_s: float, code: Callable[[], None]) -> TimeLimit:
    """What is known of the limit after it has stopped the code."""
    try:
        with time_limit(limit_s) as limit:
            code()
    except TimeLimitReached:
        return limit
    pytest.fail("it was not stopped")


@contextmanager
def no_threads_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(LONG_S)
        assert not thread.is_alive()


@pytest.mark.usefixtures("anywhere")
def test_a_loop_that_ignores_errors_is_stopped() -> None:
    limit = stopped_in(0.1, ignores_errors)
    assert limit.reached


@pytest.mark.usefixtures("anywhere")
def test_code_that_is_done_in_time_is_left_alone_then_and_later() -> None:
    with no_threads_left():
        with time_limit(0.2) as limit:
            answer = 1 + 1
        spend(0.4)
    assert answer == 2
    assert not limit.reached


@pytest.mark.usefixtures("anywhere")
def test_without_a_limit_nothing_watches() -> None:
    with no_threads_left():
        before = threading.active_count()
        with time_limit(None) as limit:
            assert threading.active_count() == before
    assert not limit.reached


@pytest.mark.usefixtures("anywhere")
def test_an_error_of_the_code_itself_comes_through_and_ends_the_watching() -> None:
    with no_threads_left():
        with pytest.raises(ZeroDivisionError), time_limit(0.2):
            1 / 0  # noqa: B018
        spend(0.4)


@pytest.mark.usefixtures("windows")
def test_code_that_ends_just_when_it_is_stopped_is_stopped_within_or_not_at_all() -> None:
    with no_threads_left():
        for _ in range(300):
            with suppress(TimeLimitReached), time_limit(0.001):
                spend(0.001)
            spend(0.0005)


@pytest.mark.usefixtures("windows")
def test_it_is_processor_time_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    used = [0.0]
    monkeypatch.setattr(time, "process_time", lambda: used[0])

    def uses_much() -> None:
        used[0] = 2 * LONG_S
        while True:
            pass

    assert stopped_in(LONG_S, uses_much).reached


def test_in_another_thread_than_the_main_one_code_is_stopped_too() -> None:
    stopped = threading.Event()

    def loop() -> None:
        try:
            with time_limit(0.1):
                spend(LONG_S)
        except TimeLimitReached:
            stopped.set()

    thread = threading.Thread(target=loop)
    thread.start()
    thread.join(LONG_S)
    assert stopped.is_set()
