"""A class with a quick assignment of its own, graded by real commands."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests_support import ROOT, hand_in

from autograder.course import Course
from autograder.notebooks.release import generate_release
from autograder.notebooks.source import source_notebook, write_notebook
from autograder.properties import load_questions

NAME = "tiny"

MODULE = '''\
# %% given: setup
import math

# %% solution: double
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% check: double

# %% solution: area
def area(a, b):
    """Return the area of a rectangle."""
    ### BEGIN SOLUTION
    return a * b
    ### END SOLUTION

# %% check: area
'''

QUESTIONS = """\
from hypothesis import strategies as st

from autograder.properties import Question, plain

one = st.tuples(st.integers(-9, 9))
two = st.tuples(st.integers(-9, 9), st.integers(-9, 9))

QUESTIONS = (
    Question(
        "double",
        "Doubling",
        (
            plain.number("double", "values", "Twice the number.", 2, one, lambda x: 2 * x),
            plain.number("double", "zero", "Nothing for zero.", 1, st.just((0,)), lambda x: 0),
        ),
    ),
    Question("area", "Rectangles", (plain.number("area", "area", "The area is right.", 2, two, lambda a, b: a * b),)),
)
"""

DOUBLE, AREA = "def double(x):\n    return x + x\n", "def area(a, b):\n    return b * a\n"
# What students hand in, and the marks that an undisturbed run gives for the two questions
ANSWERS: dict[str, tuple[dict[str, str], tuple[float, float]]] = {
    "ann": ({"double": DOUBLE, "area": AREA}, (3, 2)),
    "ben": ({}, (0, 0)),
    "cem": ({"double": "def double(x):\n    return x * x\n", "area": AREA}, (1, 2)),
    "dora": ({"double": "import os\n\ndef double(x):\n    os._exit(3)\n", "area": AREA}, (0, 2)),
    "eve": ({"double": DOUBLE, "area": "raise SystemExit\n"}, (3, 0)),
    "finn": ({"double": DOUBLE, "area": AREA}, (3, 2)),
}
MARKS = {student: marks for student, (_, marks) in ANSWERS.items()}


def write_course(folder: Path) -> Path:
    """A course whose assignment has been built; nobody has handed in anything."""
    source = folder / "source" / NAME
    source.mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (source / f"{NAME}.py").write_text(MODULE)
    (source / "questions.py").write_text(QUESTIONS)
    course = Course(folder)
    points = {question.id: question.points for question in load_questions(course.questions(NAME))}
    write_notebook(source_notebook(course.module(NAME), points), course.module(NAME).with_suffix(".ipynb"))
    generate_release(folder, NAME, "source", "release")
    return folder


def hand_in_all(course: Path) -> None:
    """Put everybody's submission into the course."""
    for student, (answers, _) in ANSWERS.items():
        hand_in(course, student, answers, origin="release", assignment=NAME)


# One process is ready sooner than two, and grades as they do. Where that is in question, a test asks for two.
SIDE_BY_SIDE = ("--jobs", "2")


def command(*arguments: str) -> list[str]:
    """The command that grades the assignment."""
    alone = () if "--scheduler" in arguments else ("--jobs", "1")
    return [sys.executable, "-m", "autograder", "grade", NAME, "--seed", "7", *alone, *arguments]


@dataclass(frozen=True)
class Finished:
    """What came of a command."""

    code: int
    said: str
    results: dict[str, dict[str, Any]]


def grade(course: Path, *arguments: str, prefix: tuple[str, ...] = (), **environment: str) -> Finished:
    """Grade the class with the command line; no traceback is ever shown. ``prefix``: a command that runs it."""
    report = course / "results.json"
    report.unlink(missing_ok=True)
    finished = subprocess.run(
        [*prefix, *command("--json", str(report), *arguments)],
        cwd=course,
        env={**os.environ, "COLUMNS": "400", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    said = finished.stdout + finished.stderr
    assert "Traceback" not in said, said
    results = json.loads(report.read_text())["results"] if report.is_file() else []
    return Finished(finished.returncode, said, {result["student"]: result for result in results})


def marks(course: Path) -> dict[str, tuple[float | None, ...]]:
    """Every student's marks in the gradebook, in the questions' order. A student who is in it twice has too many."""
    query = """
        SELECT submitted_assignment.student_id, grade.auto_score
        FROM grade
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        JOIN base_cell ON base_cell.id = grade.cell_id
        ORDER BY submitted_assignment.student_id, base_cell.name DESC
    """
    found: dict[str, tuple[float | None, ...]] = {}
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        for student, score in gradebook.execute(query):
            found[student] = (*found.get(student, ()), score)
    return found


def change_gradebook(course: Path, *statements: str) -> None:
    """Do something to the gradebook behind nbgrader's back."""
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        for statement in statements:
            gradebook.execute(statement)
        gradebook.commit()


def row_counts(course: Path) -> dict[str, int]:
    """How many rows each table of the gradebook has."""
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        assert gradebook.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert gradebook.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = [name for (name,) in gradebook.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: gradebook.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def copy_of(course: Path, folder: Path) -> Path:
    """A copy of a course in ``folder``, which is made."""
    return Path(shutil.copytree(course, folder / "course"))


def query(course: Path, statement: str) -> list[tuple[Any, ...]]:
    """What the gradebook answers."""
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        return gradebook.execute(statement).fetchall()
