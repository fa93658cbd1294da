"""Grades notebooks that are files and no class: each alone, without a database, on as many cores as there are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.assignment import Assignment, load_assignment
from autograder.grading.grade import grade_file, unreadable_result
from autograder.grading.processes import grader_processes
from autograder.grading.settings import GradingSettings
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


def _results(grade: Callable[[Path], Result], notebooks: Sequence[Path], jobs: int) -> Iterator[Result]:
    if jobs < 2:
        yield from map(grade, notebooks)
        return
    with grader_processes(jobs) as executor:
        yield from executor.map(grade, notebooks)


@dataclass(frozen=True)
class _Grader:
    order: Order
    student: str

    def __call__(self, notebook: Path) -> Result:
        assignment, server = _ready(self.order)
        try:
            return grade_file(assignment, notebook, server, self.student).result
        except AutograderError as error:
            return unreadable_result(assignment, notebook, self.student, str(error), 0.0).result


@lru_cache(maxsize=1)
def _ready(order: Order) -> tuple[Assignment, ForkServer]:
    """This process's assignment and fork server, made at the first notebook and kept for the others."""
    assignment = load_assignment(order.course, order.assignment, order.settings.seed, order.settings.device)
    return assignment, ForkServer(preload=assignment.imports, isolate=order.settings.isolate)
