"""Who is in the sample class, and what each of them hands in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.attacks.attack import Attack, read_attack

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = "conv_layer"
CATALOGUE = ROOT / "tests" / "submissions" / ASSIGNMENT
ATTACKS = ROOT / "tests" / "attacks"
CLASS = CATALOGUE / "sample_class.toml"


class Base(StrEnum):
    """The notebook that a student's answers are put into."""

    SOLVED = "solved"
    UNTOUCHED = "untouched"


class Oddity(StrEnum):
    """What is odd about the file itself."""

    NONE = ""
    HALF_A_FILE = "half a file"
    ANOTHER_ASSIGNMENT = "another assignment's notebook"
    SKIP_TAGS = "skip-execution tags on check cells"


@dataclass(frozen=True)
class Student:
    """One of the class. answers: files of the catalogue by question; attack: a file of tests/attacks, or empty."""

    name: str
    story: str
    base: Base = Base.SOLVED
    answers: Mapping[str, str] = field(default_factory=dict)
    attack: str = ""
    oddity: Oddity = Oddity.NONE

    @property
    def answer_paths(self) -> dict[str, Path]:
        return {question: CATALOGUE / f"{name}.py" for question, name in self.answers.items()}

    @property
    def attack_path(self) -> Path | None:
        return ATTACKS / f"{self.attack}.py" if self.attack else None


def read_students(path: Path = CLASS) -> tuple[Student, ...]:
    """The class, in the order of the file. Raises TypeError and ValueError for keys and words that nobody knows."""
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["student"]
    return tuple(
        Student(**{**one, "base": Base(one.get("base", Base.SOLVED)), "oddity": Oddity(one.get("oddity", ""))})
        for one in listed
    )


def hand_in(student: Student, course: Path) -> Path:
    """Write a student's submission into the course, whose notebooks are built, and return its path."""
    path = course / "submitted" / student.name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True)
    text = nbformat.writes(submission(student, course))
    path.write_text(text[: len(text) // 2] if student.oddity is Oddity.HALF_A_FILE else text, encoding="utf-8")
    (path.parent / "timestamp.txt").write_text("2026-11-20 12:00:00 UTC\n", encoding="utf-8")
    return path


def submission(student: Student, course: Path) -> NotebookNode:
    """The notebook that a student hands in, before half of it is lost."""
    if student.oddity is Oddity.ANOTHER_ASSIGNMENT:
        return another_assignment()
    solved = _read(course, "source")
    notebook = solved if student.base is Base.SOLVED else _read(course, "release")
    answers = {question: path.read_text(encoding="utf-8") for question, path in student.answer_paths.items()}
    if student.attack_path:
        honest = {name: cell.source for name, cell in _by_grade_id(solved).items()}
        attack = aimed(student.attack_path, course, honest)
        answers |= attack.answers
        after_setup = notebook.cells.index(_by_grade_id(notebook)["setup"]) + 1
        notebook.cells[after_setup:after_setup] = [new_code_cell(source) for source in attack.own_cells]
    for name, cell in _by_grade_id(notebook).items():
        cell.source = answers.get(name, cell.source)
        if student.oddity is Oddity.SKIP_TAGS and cell.metadata.nbgrader.grade:
            cell.metadata["tags"] = ["skip-execution"]
    return notebook


def aimed(path: Path, course: Path, honest: Mapping[str, str]) -> Attack:
    """An attack of tests/attacks, aimed at this course and this repository."""
    return read_attack(path, {"canary": course, "repository": ROOT}, honest)


def another_assignment() -> NotebookNode:
    """A notebook with cells of nbgrader's that this assignment does not have."""
    solution = new_code_cell("def relu(X):\n    return X.clamp(min=0)")
    for cell, name in ((solution, "relu"), (check := new_code_cell("assert relu(-1) == 0"), "check-relu")):
        cell.metadata["nbgrader"] = {
            "grade_id": name, "grade": cell is check, "solution": cell is solution, "locked": cell is check,
            "task": False, "schema_version": 3, "points": 5 if cell is check else 0, "cell_type": "code",
        }  # fmt: skip
    return new_notebook(cells=[new_markdown_cell("# Activation functions"), solution, check])


def _read(course: Path, folder: str) -> NotebookNode:
    return nbformat.read(course / folder / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)


def _by_grade_id(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The notebook's cells that nbgrader knows, by name."""
    marked = [cell for cell in notebook.cells if "grade_id" in cell.metadata.get("nbgrader", {})]
    return {cell.metadata.nbgrader.grade_id: cell for cell in marked}
