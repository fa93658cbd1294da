"""Grades notebooks that are files and no class: each alone, without a database, on as many cores as there are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from autograder.course import Course
from autograder.grading.assignment import Assignment, load_assignment
from autograder.grading.grade import grade_file
from autograder.grading.processes import GraderLost, grader_processes
from autograder.grading.settings import GradingSettings
from autograder.grading.ungraded import ungraded
from autograder.results import Result
from autograder.sandbox.forkserver import ForkServer


@dataclass(frozen=True)
class Order:
    """All that a grader process needs to know to grade notebooks as every other does."""

    course: Course
    assignment: str
    settings: GradingSettings


def grade_notebooks(
    order: Order, notebooks: Sequence[Path], student: str, jobs: int, graded: Callable[[Result], None]
) -> list[Result]:
    """A result for each notebook, in the order given; ``graded`` hears of each in that order as soon as it is there."""
    results = []
    for result in _results(_Grader(order, student), notebooks, min(jobs, len(notebooks))):
        graded(result)
        results.append(result)
    return results


def _results(grade: "_Grader", notebooks: Sequence[Path], jobs: int) -> Iterator[Result]:
    if jobs < 2:
        yield from map(grade, notebooks)
        return
    with grader_processes(jobs) as executor:
        futures = [executor.submit(grade, notebook) for notebook in notebooks]
        for notebook, future in zip(notebooks, futures, strict=True):
            try:
                yield future.result()
            except GraderLost as lost:
                yield grade.ungraded(notebook, lost)


@dataclass(frozen=True)
class _Grader:
    order: Order
    student: str

    def __call__(self, notebook: Path) -> Result:
        assignment, server = _assignment(self.order), _fork_server(self.order)
        try:
            return grade_file(assignment, notebook, server, self.student).result
        except Exception as error:  # whatever it was, the other notebooks are still to be graded
            return self.ungraded(notebook, error)

    def ungraded(self, notebook: Path, error: Exception) -> Result:
        """The result of a notebook that ``error`` kept from being graded."""
        return ungraded(_assignment(self.order), notebook, self.student, error)


@lru_cache(maxsize=1)
def _assignment(order: Order) -> Assignment:
    """This process's assignment, made at the first notebook and kept for the others."""
    return load_assignment(order.course, order.assignment, order.settings.seed, order.settings.device)


@lru_cache(maxsize=1)
def _fork_server(order: Order) -> ForkServer:
    """This process's fork server, started at the first notebook and kept warm for the others."""
    return ForkServer(preload=_assignment(order).imports, isolate=order.settings.isolate)
