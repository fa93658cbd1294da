"""A class whose gradebook and verdicts are written and not graded: every standing a student may have, and odd names."""

import logging
import os
import shutil
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograder.course import Course
from autograder.exports.exporter import Exporter
from autograder.report.verdict import write_verdict
from autograder.results import CheckResult, CheckStatus, QuestionResult, Result, ResultStatus

NAME = "conv"
# id, first name, last name, email, Canvas ID
PEOPLE = (
    ("ada", "Ada", 'Lovelace, "Countess"', "ada@uni.example", "101"),
    ("bo", "=HYPERLINK(1)", "Bo", "bo@uni.example", "102"),
    ("chi", "志明", "陳", "chi@uni.example", "103"),
    ("dee", "Dee\nLine", "-Two", "dee@uni.example", ""),
    ("eli", "Éli", "O'Neil; Jr\\", "", "105"),
    ("fay", "Fay", "Late", "fay@uni.example", "106"),
    ("gus", "Gus", "Broken", "gus@uni.example", "107"),
    ("hal", "Hal", "Absent", "hal@uni.example", "108"),
    ("ivy", "Ivy", "Waiting", "ivy@uni.example", "109"),
    ("jo", "", "", "jo@uni.example", "110"),
)
# The marks that there are, of 5
MARKS = {"ada": 5.5, "bo": 0.3, "chi": 0.0, "dee": 3.0, "eli": 1 / 3, "fay": 0.0, "ivy": 2.0}
WHY_UNGRADED = "=conv.ipynb is not a notebook"


def make_class(root: Path, url: str = "") -> Path:
    """A course in ``root`` and its gradebook, by default SQLite.

    gus's submission could not be graded, hal has handed in nothing, ivy's written answer waits for points, and what
    jo has handed in is not graded yet. fay is late by more than she got. eli's points are all from a person.
    """
    (root / "source").mkdir(parents=True)
    url = url or f"sqlite:///{root}/gradebook.db"
    with warnings.catch_warnings(), patch.dict(os.environ, PATH=_with_alembic()), Gradebook(url, "conv") as gradebook:
        warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
        gradebook.add_assignment(NAME)
        gradebook.add_notebook(NAME, NAME)
        gradebook.add_grade_cell("check-double", NAME, NAME, max_score=3, cell_type="code")
        gradebook.add_grade_cell("why", NAME, NAME, max_score=2, cell_type="markdown")
        gradebook.add_grade_cell("read", NAME, NAME, max_score=0, cell_type="markdown")
        for student, first, last, email, lms in PEOPLE:
            gradebook.add_student(student, first_name=first, last_name=last, email=email, lms_user_id=lms)
        enter(gradebook, "ada", auto=3, written=2, extra=0.5)
        enter(gradebook, "bo", auto=0.1, written=0.2)
        enter(gradebook, "chi", auto=0, written=0)
        enter(gradebook, "dee", auto=3, written=0)
        enter(gradebook, "eli", auto=0, by_hand=1 / 3, written=0)
        enter(gradebook, "fay", auto=1, written=1, penalty=2.5)
        enter(gradebook, "gus", auto=0, written=0)
        enter(gradebook, "ivy", auto=2, written=None)
    for student, points in (("ada", 3), ("bo", 0.1), ("chi", 0), ("dee", 3), ("eli", 0), ("fay", 1), ("ivy", 2)):
        write_verdict(Course(root).verdict(NAME, student), verdict(student, points))
    broken = replace(verdict("gus", 0), status=ResultStatus.ERROR, message=WHY_UNGRADED, questions=())
    write_verdict(Course(root).verdict(NAME, "gus"), broken)
    for student in (*MARKS, "gus", "jo"):
        (root / "submitted" / student / NAME).mkdir(parents=True)
    return root


def _with_alembic() -> str:
    """nbgrader starts `alembic` by its name; the course's configuration sees to the same."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


@pytest.fixture(scope="session")
def made_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class, to be copied: a gradebook takes a second to make."""
    return make_class(tmp_path_factory.mktemp("made") / "course")


@pytest.fixture
def root(made_class: Path, tmp_path: Path) -> Path:
    """A course of this test's own."""
    return Path(shutil.copytree(made_class, tmp_path / "course"))


def enter(
    gradebook: Gradebook, student: str, *, auto: float, written: float | None, by_hand: float | None = None,
    extra: float | None = None, penalty: float | None = None,
) -> None:  # fmt: skip
    """Enter a submission. written: the points that a person gave for the written answer, 0 for one that nobody
    wrote, None for none yet.
    """
    submission = gradebook.add_submission(NAME, student)
    (notebook,) = submission.notebooks
    notebook.late_submission_penalty = penalty
    for grade in notebook.grades:
        if grade.name == "why":
            # what is as it was released gets 0 of nbgrader, and waits for nobody
            grade.auto_score, grade.manual_score = (0, None) if written == 0 else (None, written)
            grade.needs_manual_grade = written is None
        elif grade.name == "read":  # worth nothing, it waits for somebody to read it
            grade.extra_credit, grade.manual_score = extra, None if extra is None else 0
        else:
            grade.auto_score, grade.manual_score, grade.needs_manual_grade = auto, by_hand, False
    gradebook.db.commit()


def verdict(student: str, points: float) -> Result:
    """A verdict of one question with two properties; what is known of the wrong one is a formula."""
    one = CheckResult("double.zero", "double", "Nothing for zero.", points, 1.0, CheckStatus.PASSED)
    two = CheckResult(
        "double.values", "double", "Twice the number.", 0.0, 2.0, CheckStatus.FAILED, "got -1", "=1+2",
        diagnosis='=cmd|"a" <b> C:\\',
    )  # fmt: skip
    one, two = (replace(one, score=1.0), replace(two, score=points - 1)) if points > 1 else (one, two)
    return Result(
        f"submitted/{student}/{NAME}/{NAME}.ipynb", NAME, student, 3.0, ResultStatus.GRADED, 7, "cpu", 0.5,
        questions=(QuestionResult("double", (one, two)),),
    )  # fmt: skip


def export(kind: type[Exporter], root: Path, to: str, url: str = "", **options: object) -> bytes:
    """What the exporter writes to ``to`` in the course's folder."""
    config = Config({kind.__name__: options})
    config.CourseDirectory.root = str(root)
    exporter = kind(config=config, to=str(root / to), log=logging.getLogger("export"))
    exporter.student, exporter.assignment = options.get("student", []), options.get("assignment", [])
    with Gradebook(url or f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        exporter.export(gradebook)
    return (root / to).read_bytes()
