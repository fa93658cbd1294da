"""Classes to grade, made from the catalogue: in each notebook one answer is the catalogue's."""

import itertools
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from benchmarks.commands import ROOT, timed

ASSIGNMENT = "conv_layer"
ONE_QUESTION = "corr2d"  # of that assignment, and an assignment by itself
# A kernel checks fewer examples than the grader; here everybody is asked as many.
AS_MANY_EXAMPLES = "\nimport autograder.check\nautograder.check.EXAMPLES = 1_000_000"


def answers(question: str = "*") -> Iterator[tuple[str, str]]:
    """The catalogue's answers, over and over: a question and a cell's source. Right and wrong ones in turn."""
    catalogue = ROOT / "tests" / "submissions" / ASSIGNMENT
    found = [sorted(catalogue.glob(f"{kind}/{question}/*.py")) for kind in ("right", "wrong")]
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
    path = ROOT / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    if not path.is_file():
        sys.exit("The instructor's notebook is not built here. Run make build.")
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "setup":
            cell.source += AS_MANY_EXAMPLES
    return notebook


def make_course(course: Path, students: int, master: NotebookNode) -> Path:
    """A course in which so many have handed in ``master``, each with another answer; the gradebook is empty."""
    for part in ("source", "release"):
        shutil.copytree(ROOT / part / ASSIGNMENT, course / part / ASSIGNMENT)
    _hand_in(course, ASSIGNMENT, master, zip(range(students), answers(), strict=False))
    return course


def make_small_course(course: Path, students: int) -> Path:
    """The same with an assignment of a single question: in a class of ten thousand it is done within hours."""
    source = course / "source" / ONE_QUESTION
    source.mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    cells = re.split("^(?=# %%)", (ROOT / "source" / ASSIGNMENT / f"{ASSIGNMENT}.py").read_text(), flags=re.MULTILINE)
    wanted = [
        cell for cell in cells if cell.startswith((f"# %% solution: {ONE_QUESTION}", f"# %% check: {ONE_QUESTION}"))
    ]
    (source / f"{ONE_QUESTION}.py").write_text("".join(["# %% given: setup\nimport torch\n\n", *wanted]))
    questions = (ROOT / "source" / ASSIGNMENT / "questions.py").read_text()
    only = f"QUESTIONS = tuple(question for question in QUESTIONS if question.id == {ONE_QUESTION!r})\n"
    (source / "questions.py").write_text(questions + only)
    timed([sys.executable, "-m", "autograder", "build", ONE_QUESTION], course)
    master = nbformat.read(course / "release" / ONE_QUESTION / f"{ONE_QUESTION}.ipynb", as_version=4)
    _hand_in(course, ONE_QUESTION, master, zip(range(students), answers(ONE_QUESTION), strict=False))
    return course


def _hand_in(
    course: Path, assignment: str, master: NotebookNode, numbered: Iterable[tuple[int, tuple[str, str]]]
) -> None:
    for number, (question, source) in numbered:
        folder = course / "submitted" / f"student{number:05}" / assignment
        folder.mkdir(parents=True)
        nbformat.write(notebook_of(master, question, source), folder / f"{assignment}.ipynb")
