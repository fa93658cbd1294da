"""Courses and notebooks for tests that run real commands."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.notebooks.source import source_notebook, write_notebook
from autograder.properties import load_questions

ROOT = Path(__file__).resolve().parents[2]


def make_course(folder: Path, assignment: str = "conv_layer") -> Path:
    """A course of its own in ``folder``, with the assignment's source, its notebook with solutions, and its release."""
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for part in ("source", "release"):
        shutil.copytree(
            ROOT / part / assignment, folder / part / assignment, ignore=shutil.ignore_patterns("__pycache__")
        )
    course = Course(folder)
    points = {question.id: question.points for question in load_questions(course.questions(assignment))}
    write_notebook(source_notebook(course.module(assignment), points), course.module(assignment).with_suffix(".ipynb"))
    return folder


def write_answers(origin: Path, target: Path, answers: Mapping[str, str]) -> None:
    """Write the notebook ``origin`` to ``target`` with some solution cells' sources replaced."""
    notebook = nbformat.read(origin, as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)


def hand_in(
    course: Path, student: str, answers: Mapping[str, str], origin: str = "source", assignment: str = "conv_layer"
) -> Path:
    """A student's submission in the course, and its path."""
    target = course / "submitted" / student / assignment / f"{assignment}.ipynb"
    write_answers(course / origin / assignment / f"{assignment}.ipynb", target, answers)
    return target


def solve(notebook: NotebookNode, solutions: NotebookNode) -> None:
    """Fill in a release's solution cells, as a student would."""
    written = {grade_id(cell): cell.source for cell in solutions.cells}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = written[grade_id(cell)]


def checks(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The check cells, by their ids."""
    return {
        grade_id(cell): cell
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
    }


def grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
