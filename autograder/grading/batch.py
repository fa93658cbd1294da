"""Grades notebooks that are files and no class: each alone, without a database."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from autograder.grading.graders import Failed, Graders
from autograder.grading.order import Order
from autograder.grading.parcel import Parcel, pack
from autograder.grading.ungraded import ungraded
from autograder.results import Result


def grade_notebooks(
    order: Order, graders: Graders, notebooks: Sequence[Path], student: str, heard: Callable[[Result], None]
) -> list[Result]:
    """A result for each notebook, in the order given; ``heard`` is told of each as soon as it is there."""
    results: dict[Path, Result] = {}
    for parcel, outcome in graders.grade(_parcels(notebooks, student)):
        result = ungraded(order, parcel.path, student, outcome.error) if isinstance(outcome, Failed) else outcome.result
        results[parcel.path] = result
        heard(result)
    return [results[notebook] for notebook in notebooks]


def _parcels(notebooks: Sequence[Path], student: str) -> Iterator[Parcel]:
    """Each once, also where one is named twice."""
    for notebook in dict.fromkeys(notebooks):
        yield pack(notebook, notebook, student)
