"""Classes to write a page on: verdicts and notebooks as grading leaves them, without any grading."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from small_class import MODULE, NAME, QUESTIONS
from tests_support import ROOT

from autograder.course import Course
from autograder.report.verdict import write_verdict
from autograder.results import CheckResult, CheckStatus, QuestionResult, Result, ResultStatus

# Each property: its question, its id, its points.
PROPERTIES = (("double", "values", 2.0), ("double", "zero", 1.0), ("area", "area", 2.0))
MAX_POINTS = sum(points for *_, points in PROPERTIES)
SQUARES = "def double(x):\n    return x * x\n"
# Long enough not to be written twice by chance.
LONG = """def double(x):
    # {comment}
    {total} = 0
    for {step} in range(abs(x)):
        {total} = {total} + 1 if {step} % 2 == 0 else {total} + 2 - 1
        {total} += {step} - {step} * 1
    sign = 1 if x > 0 else -1 if x < 0 else 0
    while {total} % 3 == 1 and {total} > abs(x) * abs(x) + x:
        {total} -= divmod({total}, abs(x) + 1)[1] if x % 2 else divmod({total}, abs(x) + 2)[0]
    {step} = [{total} for _ in range(abs(x)) if {total} > x or x > {total}]
    {total} = {total} if len({step}) < abs(x) else max([*{step}, {total}]) - min({step}) + {total}
    half, rest = divmod({total} * sign, 2)
    return (half + rest) + (half * 1) + {total} * sign
"""


def write_course(folder: Path, seed: int = 7) -> Course:
    """A course with an assignment, in which nobody has handed in anything."""
    source = folder / "source" / NAME
    source.mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (source / f"{NAME}.py").write_text(MODULE)
    (source / "questions.py").write_text(QUESTIONS)
    (folder / ".autograder").mkdir()
    (folder / ".autograder" / "seed").write_text(f"{seed}\n")
    return Course(folder)


def hand_in(course: Course, student: str, answers: Mapping[str, str] | None = None) -> None:
    """A notebook with these answers."""
    folder = course.root / "submitted" / student / NAME
    folder.mkdir(parents=True)
    cells = [
        new_code_cell(source, metadata={"nbgrader": {"grade_id": question, "solution": True}})
        for question, source in (answers or {}).items()
    ]
    nbformat.write(new_notebook(cells=cells), folder / f"{NAME}.ipynb")


def verdict(student: str, earned: Sequence[float] = (2, 1, 2), mistake: str = "", seconds: float = 1.0) -> Result:
    """What came of a submission; ``mistake`` is what explains the properties of ``double`` that lose points."""
    checks = []
    for (question, id, worth), points in zip(PROPERTIES, earned, strict=True):
        holds = points == worth
        name = mistake if question == "double" and not holds else ""
        status = CheckStatus.PASSED if holds else CheckStatus.FAILED
        got, call = ("", "") if holds else ("got 9, want 6", "double(3)")
        does = f"It makes the mistake {name}." if name else ""
        check = CheckResult(id, question, f"{id} holds.", points, worth, status, got, call)
        checks.append(replace(check, misconception=name, diagnosis=does))
    questions = tuple(
        QuestionResult(question, tuple(one for one in checks if one.question == question))
        for question in ("double", "area")
    )
    path = f"submitted/{student}/{NAME}/{NAME}.ipynb"
    return Result(path, NAME, student, MAX_POINTS, ResultStatus.GRADED, 7, "cpu", seconds, questions=questions)


def failed(student: str, message: str) -> Result:
    """A submission that could not be graded."""
    return replace(verdict(student), status=ResultStatus.ERROR, questions=(), message=message)


def keep(course: Course, result: Result) -> None:
    """Keep a verdict where grading does."""
    write_verdict(course.verdict(NAME, result.student), result)


def write_class(folder: Path) -> Course:
    """A class of twelve: right ones, two with a mistake, two alike, one that failed, one that waits."""
    course = write_course(folder)
    for number, student in enumerate(("ann", "ben", "cem", "dora", "eve", "finn", "gil", "hao")):
        hand_in(course, student, {"double": f"def double(x):\n    return {number} * x\n"})
        keep(course, verdict(student, (2, 1, number % 3), seconds=number + 0.5))
    for student, comment, names in (("ida", "mine", ("total", "i")), ("jon", "Jon wrote it", ("s", "k"))):
        source = LONG.format(comment=comment, total=names[0], step=names[1])
        hand_in(course, student, {"double": source + f'\nprint("{student} was here")\n'})
        keep(course, verdict(student, (0, 1, 2), "squares"))
    hand_in(course, "kai")
    keep(course, failed("kai", "submitted/kai/tiny is no notebook."))
    hand_in(course, "lou")
    return course
