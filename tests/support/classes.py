"""Runs a class in this process, as the command does."""

from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.course import Course
from autograder.grading.class_run import grade_class
from autograder.grading.graders import local_graders
from autograder.grading.order import order_of
from autograder.grading.settings import GradingSettings
from autograder.results import Result


def run_class(
    course: Path,
    assignment: str,
    students: Sequence[str],
    heard: Callable[[Result], None] = lambda _: None,
    *,
    seed: int = 7,
    again: bool = False,
) -> list[Result]:
    """What is told of each student, in the order in which it is; one is graded after the other."""
    results: list[Result] = []

    def tell(result: Result, kept: bool = False) -> None:
        results.append(result)
        heard(result)

    order = order_of(Course(course), assignment, GradingSettings(seed=seed))
    with local_graders(order, 1) as graders:
        grade_class(Course(course), order, graders, students, tell, again=again)
    return results
