"""A grader: grades parcels as one order says, in a process that has all it takes warm."""

import atexit
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.grading.grade import Graded, Heard, grade_content, nobody, unreadable_result
from autograder.grading.order import Order, write_files
from autograder.grading.parcel import Parcel
from autograder.sandbox.base import make_base
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.scratch import remove_scratch


class Grader:
    """An order's assignment, its cases drawn, and a fork server; ``close`` it when done."""

    def __init__(self, order: Order) -> None:
        """Raises IsolationMissing when submissions could not be run safely here, QuestionsUnusable."""
        self.order = order
        self._base, self._mark = make_base()
        try:
            self.assignment = order.load(self._base)
            self.server = ForkServer(preload=self.assignment.imports, isolate=order.settings.isolate)
        except BaseException:
            self._remove()
            raise

    def grade(self, parcel: Parcel, heard: Heard = nobody) -> Graded:
        """The verdict on what is in the parcel, of which ``heard`` is told after each question.

        Raises GradingFailed and the like, which say nothing about the parcel.
        """
        if parcel.notebook is None:
            return unreadable_result(self.assignment, parcel.path, parcel.student, parcel.unreadable, 0.0)
        with self._files(parcel) as files:
            return grade_content(
                self.assignment, parcel.notebook, parcel.path, self.server, parcel.student, files, heard
            )

    @contextmanager
    def _files(self, parcel: Parcel) -> Iterator[Path]:
        """A folder with what lies beside the notebook: of what was released, nothing is the student's."""
        if not parcel.files:
            yield self.assignment.files
            return
        folder = Path(tempfile.mkdtemp(dir=self._base))
        try:
            write_files((*parcel.files, *self.order.files), folder)
            yield folder
        finally:
            remove_scratch(folder)

    def close(self) -> None:
        """End the fork server and remove the folder."""
        self.server.close()
        self._remove()

    def _remove(self) -> None:
        self._mark.close()
        remove_scratch(self._base)


_graders: dict[str, Grader] = {}
# A Dask worker is told in one thread that a run is over, while it grades in another: what it does is done first.
_one_at_a_time = threading.RLock()


def prepare(order: Order) -> None:
    """Make this process ready to grade as ``order`` says, and no more as any other; raises what Grader raises."""
    with _one_at_a_time:
        if order.digest not in _graders:
            dismiss()
            _graders[order.digest] = Grader(order)


def here(order: Order) -> Grader:
    """This process's grader for the order, made if need be."""
    prepare(order)
    return _graders[order.digest]


def grade(digest: str, parcel: Parcel) -> Graded:
    """What this process's grader makes of the parcel; it must have been prepared for the order of this digest."""
    with _one_at_a_time:
        return _graders[digest].grade(parcel)


@atexit.register
def dismiss() -> None:
    """End what this process was made ready with."""
    with _one_at_a_time:
        while _graders:
            _graders.popitem()[1].close()
