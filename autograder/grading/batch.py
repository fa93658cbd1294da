"""Grades notebooks that are files and no class: each alone, without a database."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nbformat import NotebookNode

from autograder.grading.graders import Failed, Graders
from autograder.grading.order import Order
from autograder.grading.parcel import Parcel, pack
from autograder.grading.ungraded import ungraded
from autograder.results import Result


def grade_notebooks(
    order: Order,
    graders: Graders,
    notebooks: Sequence[Path],
    student: str,
    heard: Callable[[Result, NotebookNode | None], None],
) -> list[Result]:
    """A result for each notebook, in the order given.

    ``heard`` is told of each as soon as it is there, and of the notebook as it was run, where it was.
    """
    results: dict[Path, Result] = {}
    for parcel, outcome in graders.grade(_parcels(notebooks, student)):
        if isinstance(outcome, Failed):
            result, notebook = ungraded(order, parcel.path, student, outcome.error), None
        else:
            result, notebook = outcome.result, outcome.notebook
        results[parcel.path] = result
        heard(result, notebook)
    return [results[notebook] for notebook in notebooks]


def _parcels(notebooks: Sequence[Path], student: str) -> Iterator[Parcel]:
    """Each once, also where one is named twice."""
    for notebook in dict.fromkeys(notebooks):
        yield pack(notebook, notebook, student)
