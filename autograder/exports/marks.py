"""What nbgrader's gradebook has of a class, read in a few queries however large the class, and what of it is a mark.

A submission that could not be graded has no points in the gradebook. That is no mark: its verdict, kept in the course's
folder, tells it from a submission that is worth nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    GradeCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import case, func, select

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.report.verdict import read_verdict
from autograder.results import ResultStatus

_CELLS, _TASKS = GradeCell.__table__, TaskCell.__table__
_IS_WORTH = func.coalesce(_CELLS.c.max_score, _TASKS.c.max_score, 0.0) > 0
_BY_HAND = Grade.manual_score.is_not(None) & _IS_WORTH


@dataclass(frozen=True)
class Person:
    """A student as nbgrader's table has them; what it does not know is empty. id: to the letter, spaces too."""

    id: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str


class Standing(StrEnum):
    """What there is of a student for an assignment."""

    NOTHING = "nothing handed in"
    NOT_YET = "handed in and not yet graded"
    UNGRADED = "could not be graded"
    AWAITING = "graded, but for answers that wait for points by hand"
    GRADED = "graded"


@dataclass(frozen=True)
class Mark:
    """A mark, or why there is none. points: with extra credit, less the late penalty, never below 0; None if unknown.

    kept: whether the verdict that the points come from is in the course's folder.
    """

    standing: Standing
    points: float | None = None
    reason: str = ""
    kept: bool = True


@dataclass(frozen=True)
class ClassMarks:
    """The marks of a class. assignments: the maximum of each. marks: by student and assignment, for all of both."""

    people: tuple[Person, ...]
    assignments: Mapping[str, float]
    marks: Mapping[tuple[str, str], Mark]


@dataclass(frozen=True)
class Entered:
    """What the gradebook has of a submission. scored, by_hand: how many cells have points at all, and from a person.

    awaiting: whether a cell that is worth points waits for a person. What a person does with a cell worth none, which
    nbgrader has wait too, is no part of these: it does not change the mark, unless it is extra credit.
    """

    points: float
    auto_points: float
    penalty: float
    scored: int
    by_hand: int
    awaiting: bool

    @property
    def mark(self) -> float:
        return max(0.0, self.points - self.penalty)


def people_of(gradebook: Gradebook) -> tuple[Person, ...]:
    """Everybody in nbgrader's table of students, by name."""
    columns = Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id
    rows = gradebook.db.execute(select(*columns))
    people = [Person(student, *((value or "").strip() for value in known)) for student, *known in rows]
    return tuple(sorted(people, key=lambda person: (person.last_name, person.first_name, person.id)))


def assignments_of(gradebook: Gradebook) -> dict[str, float]:
    """The maximum of each assignment, in nbgrader's order."""
    columns = Assignment.name, Assignment.max_score
    rows = gradebook.db.execute(select(*columns).order_by(Assignment.duedate, Assignment.name))
    return {name: float(maximum) for name, maximum in rows}


def class_marks(
    gradebook: Gradebook, course: Course, people: Collection[Person], assignments: Mapping[str, float]
) -> ClassMarks:
    """The marks of these people for these assignments."""
    marks = {}
    for assignment in assignments:
        entered = entered_for(gradebook, assignment)
        handed_in = course.submitted(assignment)
        for person in people:
            known = entered.get(person.id)
            marks[person.id, assignment] = (
                Mark(Standing.NOT_YET if person.id in handed_in else Standing.NOTHING)
                if known is None
                else _mark(course, assignment, person.id, known)
            )
    return ClassMarks(tuple(people), assignments, marks)


def entered_for(gradebook: Gradebook, assignment: str) -> dict[str, Entered]:
    """What the gradebook has for an assignment, by student."""
    penalties = dict(
        gradebook.db.execute(
            select(SubmittedAssignment.student_id, func.sum(SubmittedNotebook.late_submission_penalty))
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .where(Assignment.name == assignment)
            .group_by(SubmittedAssignment.student_id)
        ).all()
    )
    rows = gradebook.db.execute(
        select(
            SubmittedAssignment.student_id,
            func.sum(Grade.score),
            func.sum(Grade.auto_score),
            func.sum(case((Grade.auto_score.is_not(None) | _BY_HAND, 1), else_=0)),
            func.sum(case((_BY_HAND | (Grade.extra_credit > 0), 1), else_=0)),
            func.max(case((Grade.needs_manual_grade & _IS_WORTH, 1), else_=0)),
        )
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .outerjoin(_CELLS, _CELLS.c.id == Grade.cell_id)
        .outerjoin(_TASKS, _TASKS.c.id == Grade.cell_id)
        .where(Assignment.name == assignment)
        .group_by(SubmittedAssignment.student_id)
    )
    return {
        student: Entered(points or 0.0, auto or 0.0, penalties.get(student) or 0.0, scored, by_hand, bool(awaiting))
        for student, points, auto, scored, by_hand, awaiting in rows
    }


def _mark(course: Course, assignment: str, student: str, entered: Entered) -> Mark:
    if not entered.scored:
        return Mark(Standing.NOT_YET)
    kept = course.verdict(assignment, student).exists()
    # what could not be graded has no points, unless a person has looked at it and given some
    if kept and entered.auto_points == 0 and not entered.by_hand:
        reason = _why_ungraded(course, assignment, student)
        if reason is not None:
            return Mark(Standing.UNGRADED, reason=reason)
    return Mark(Standing.AWAITING if entered.awaiting else Standing.GRADED, entered.mark, kept=kept)


def _why_ungraded(course: Course, assignment: str, student: str) -> str | None:
    """Why a submission could not be graded, or may not have been; None if it was."""
    try:
        result = read_verdict(course.verdict(assignment, student))
    except AutograderError as error:
        return str(error)
    return result.message if result.status is ResultStatus.ERROR else None
