"""Grades notebooks that are files and no class: each alone, without a database."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nbformat import NotebookNode

from autograder.grading.graders import Failed, Graders
from autograder.grading.order import Order
from autograder.grading.parcel import Parcel, pack
from autograder.grading.ungraded import ungraded
from autograder.results import Result
from autograder.sandbox.scratch import TooManyFiles


def grade_notebooks(
    order: Order,
    graders: Graders,
    notebooks: Sequence[Path],
    student: str,
    heard: Callable[[Result, NotebookNode | None], None],
    *,
    with_files: bool = False,
) -> list[Result]:
    """A result for each notebook, in the order given. with_files: each is given what lies beside it.

    ``heard`` is told of each as soon as it is there, and of the notebook as it was run, where it was.
    """
    results: dict[Path, Result] = {}

    def tell(path: Path, result: Result, notebook: NotebookNode | None = None) -> None:
        results[path] = result
        heard(result, notebook)

    def parcels() -> Iterator[Parcel]:
        """Each once, also where one is named twice."""
        for notebook in dict.fromkeys(notebooks):
            try:
                yield pack(notebook, notebook, student, order.limits if with_files else None)
            except TooManyFiles as error:
                tell(notebook, ungraded(order, notebook, student, error))

    for parcel, outcome in graders.grade(parcels()):
        if isinstance(outcome, Failed):
            tell(parcel.path, ungraded(order, parcel.path, student, outcome.error))
        else:
            tell(parcel.path, outcome.result, outcome.notebook)
    return [results[notebook] for notebook in notebooks]
