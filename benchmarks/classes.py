"""Classes to grade, made from the catalogue: in each notebook one answer is the catalogue's."""

import itertools
import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = "conv_layer"
# A kernel checks fewer examples than the grader; here everybody is asked as many.
AS_MANY_EXAMPLES = "\nimport autograder.check\nautograder.check.EXAMPLES = 1_000_000"


def answers() -> Iterator[tuple[str, str]]:
    """The catalogue's answers, over and over: a question and a cell's source. Right and wrong ones in turn."""
    catalogue = ROOT / "tests" / "submissions" / ASSIGNMENT
    found = [sorted(catalogue.glob(f"{kind}/*/*.py")) for kind in ("right", "wrong")]
    for paths in zip(*map(itertools.cycle, found), strict=False):
        for path in paths:
            yield path.parent.name, path.read_text()


def notebook_of(master: NotebookNode, question: str, source: str) -> NotebookNode:
    """A student's notebook: ``master`` with another answer to one question."""
    notebook = deepcopy(master)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == question:
            cell.source = source
    return notebook


def solved() -> NotebookNode:
    """The instructor's notebook, whose check cells ask as many examples as the grader."""
    notebook = nbformat.read(ROOT / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "setup":
            cell.source += AS_MANY_EXAMPLES
    return notebook


def released() -> NotebookNode:
    """The notebook that students get."""
    return nbformat.read(ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)


def make_course(course: Path, students: int, master: NotebookNode) -> Path:
    """A course in which so many have handed in ``master``, each with another answer; the gradebook is empty."""
    for part in ("source", "release"):
        shutil.copytree(ROOT / part / ASSIGNMENT, course / part / ASSIGNMENT)
    for number, (question, source) in zip(range(students), answers(), strict=False):
        folder = course / "submitted" / f"student{number:05}" / ASSIGNMENT
        folder.mkdir(parents=True)
        nbformat.write(notebook_of(master, question, source), folder / f"{ASSIGNMENT}.ipynb")
    return course
