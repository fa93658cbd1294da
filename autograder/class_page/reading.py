"""Reads what is kept of a class, submission by submission, into tables and a little evidence: never all at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import polars as pl

from autograder.class_page.evidence import Evidence
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.exports.table import property_table
from autograder.grading.class_results import ClassResults
from autograder.grading.parcel import pack
from autograder.grading.records import is_new
from autograder.grading.submission import grade_id, parse_notebook
from autograder.properties.limits import SubmissionLimits
from autograder.report.safe_text import clean
from autograder.results import Result, ResultStatus

# So many verdicts are in memory at once.
CHUNK = 200
_NAMES = ("question", "property", "statement", "misconception")


class State(StrEnum):
    """What is known of a submission."""

    GRADED = "graded"
    FAILED = "could not be graded"
    WAITING = "not graded yet"


@dataclass(frozen=True)
class Submission:
    """What one student handed in. reason: why it is not graded. has_changed: it was handed in anew since."""

    state: State
    reason: str = ""
    points: float = 0.0
    max_points: float = 0.0
    duration_s: float = 0.0
    has_changed: bool = False
    isolated: bool = True


@dataclass(frozen=True)
class ClassRead:
    """A class. submissions: in the class's order. marks: a row for each property of each that is graded.

    The columns of ``marks``: ``place``, which is the submission's number from 0, ``question``, ``property``,
    ``statement``, ``points``, ``max_points``, ``misconception``.
    """

    submissions: tuple[Submission, ...]
    marks: pl.DataFrame


def read_class(
    course: Course,
    assignment: str,
    students: Sequence[str],
    limits: SubmissionLimits,
    evidence: Evidence,
    heard: Callable[[], None] = lambda: None,
) -> ClassRead:
    """Read every student's verdict and answers; ``evidence`` gets the answers, ``heard`` hears of each student."""
    results = ClassResults(course, assignment, students)
    submissions: list[Submission] = []
    tables = [_marks([])]
    chunk: list[Result] = []
    for place, student in enumerate(students):
        try:
            result = clean(results[place])
        except AutograderError as error:
            submissions.append(Submission(State.WAITING, _reason(error)))
        else:
            answers = _answers(course, assignment, student, limits)
            submissions.append(_submission(result, has_changed=answers is None))
            if submissions[-1].state is State.GRADED:
                chunk.append(replace(result, student=str(place)))
                _add_evidence(evidence, place, result, answers or {})
        if len(chunk) == CHUNK:
            tables.append(_marks(chunk))
            chunk = []
        heard()
    return ClassRead(tuple(submissions), pl.concat([*tables, _marks(chunk)]))


def _submission(result: Result, has_changed: bool) -> Submission:
    graded = result.status is ResultStatus.GRADED and bool(result.checks)
    state = State.GRADED if graded else State.FAILED
    return Submission(
        state,
        "" if graded else result.message,
        result.score,
        result.max_score,
        result.duration_s,
        has_changed and graded,
        result.isolated,
    )


def _reason(error: AutograderError) -> str:
    """Why there is no verdict, without the path where none is kept."""
    return "" if isinstance(error.__cause__, FileNotFoundError) else str(error)


def _add_evidence(evidence: Evidence, place: int, result: Result, answers: Mapping[str, str]) -> None:
    for question in result.questions:
        evidence.add_checks(question)
        if question.id in answers:
            evidence.add_answer(place, question, answers[question.id])


def _answers(course: Course, assignment: str, student: str, limits: SubmissionLimits) -> dict[str, str] | None:
    """A student's code cells by nbgrader's names; None where they are not what was graded.

    Where it is not noted what was graded, or where nothing can be read, there are none.
    """
    path = course.root / "submitted" / student / assignment / f"{assignment}.ipynb"
    try:
        parcel = pack(path, path, student, limits)
        if is_new(course, assignment, parcel):
            return None
        return solutions(parcel.notebook, path.name) if parcel.notebook is not None else {}
    except (AutograderError, OSError):
        return {}


def solutions(notebook: bytes, name: str) -> dict[str, str]:
    """A notebook's code cells by nbgrader's names, of each the first; raises SubmissionUnreadable."""
    found: dict[str, str] = {}
    for cell in parse_notebook(notebook, name).cells:
        if cell.cell_type == "code" and grade_id(cell):
            found.setdefault(grade_id(cell), cell.source)
    return found


def _marks(results: Sequence[Result]) -> pl.DataFrame:
    table = property_table(results).filter(pl.col("question").is_not_null())
    return table.select(
        pl.col("student").cast(pl.UInt32).alias("place"),
        pl.col(_NAMES).cast(pl.Categorical),
        "points",
        "max_points",
    )
