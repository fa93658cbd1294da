"""Where graders are at work: in this process, in others, or on other machines; and how they are kept busy."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, ParamSpec, TypeVar

from autograder.errors import AutograderError
from autograder.grading import grader
from autograder.grading.grade import Graded
from autograder.grading.order import Order
from autograder.grading.parcel import Parcel
from autograder.grading.processes import GraderLost, grader_processes
from autograder.grading.ungraded import told
from autograder.sandbox.isolation import require_isolation

# So many parcels are under way for each grader: while one is graded, the next is on its way.
UNDER_WAY = 2
_LOOK_S = 5.0

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Failed:
    """A parcel that could not be graded, which says nothing about what is in it."""

    error: AutograderError


@dataclass(frozen=True)
class Graders:
    """An executor whose processes are ready to grade as one order says.

    under_way: how many parcels to hand out before the first is graded. require: raises AutograderError when nobody is
    left to grade; called now and then. start: has the executor make itself ready before there is anything to grade.
    """

    executor: Executor
    digest: str
    under_way: Callable[[], int]
    require: Callable[[], None] = lambda: None
    start: Callable[[], None] = lambda: None

    def grade(self, parcels: Iterable[Parcel]) -> Iterator[tuple[Parcel, Graded | Failed]]:
        """Every parcel with what came of it, as soon as that is known; no more are held than are under way.

        Whatever happens to one, the others are graded. Raises what ``require`` raises.
        """
        supply = iter(parcels)
        waiting: dict[Future[Graded | Failed], Parcel] = {}
        try:
            while True:
                for parcel in islice(supply, max(0, self.under_way() - len(waiting))):
                    waiting[self.executor.submit(grade_here, self.digest, parcel)] = parcel
                if not waiting:
                    return
                done, _ = wait(waiting, _LOOK_S, FIRST_COMPLETED)
                if not done:
                    self.require()
                for future in done:
                    yield waiting.pop(future), _outcome(future)
        finally:
            for future in waiting:
                future.cancel()


def grade_here(digest: str, parcel: Parcel) -> Graded | Failed:
    """What this process makes of a parcel. Errors become sentences: not every exception survives a journey."""
    try:
        return grader.grade(digest, parcel)
    except Exception as error:  # whatever it was, the other submissions are still to be graded
        reason = told(error)
        return Failed(AutograderError(reason.what, reason.why, reason.fix))


def _outcome(future: "Future[Graded | Failed]") -> Graded | Failed:
    try:
        return future.result()
    except CancelledError:
        return Failed(GraderLost("The process that was to grade this went away.", "", "Grade it again."))
    except Exception as error:
        return Failed(told(error))


@contextmanager
def local_graders(order: Order, jobs: int) -> Iterator[Graders]:
    """Graders on this machine: ``jobs`` processes, or this one. Raises IsolationMissing, QuestionsUnusable."""
    require_isolation(order.settings.isolate)
    prepare = partial(grader.prepare, order)
    if jobs < 2:
        yield Graders(_Here(prepare), order.digest, lambda: 1)
        return
    with grader_processes(jobs, prepare) as executor:
        yield Graders(executor, order.digest, lambda: UNDER_WAY * jobs, start=executor.start)


class _Here(Executor):
    """Does at once, in this process, what it is given; ``prepare`` before the first."""

    def __init__(self, prepare: Callable[[], None]) -> None:
        self._prepare: Callable[[], None] | None = prepare

    def submit(self, task: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> "Future[_T]":
        future: Future[Any] = Future()
        try:
            if self._prepare is not None:
                self._prepare()
                self._prepare = None
            future.set_result(task(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future
