"""Who has handed in something else since they were graded: the marks that there are, are not of that.

Every file is read, as times do not tell: a copy may be older than the grading. Ten thousand notebooks take seconds.
"""

from collections.abc import Container
from pathlib import Path

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.parcel import pack
from autograder.grading.records import is_new, read_record
from autograder.properties.limits import SubmissionLimits
from autograder.properties.questions import QuestionsUnusable, load_exam


def handed_in_anew(course: Course, assignment: str, students: Container[str]) -> list[str]:
    """Those of the students whose submission is not the one of which it is noted that it was graded."""
    noted = {
        student: folder
        for student, folder in course.submitted(assignment).items()
        if student in students and read_record(course, assignment, student) is not None
    }
    limits = _limits(course, assignment) if noted else SubmissionLimits()
    return [student for student, folder in noted.items() if _is_new(course, assignment, student, folder, limits)]


def _is_new(course: Course, assignment: str, student: str, folder: Path, limits: SubmissionLimits) -> bool:
    notebook = folder / f"{assignment}.ipynb"
    try:
        return is_new(course, assignment, pack(notebook, notebook, student, limits))
    except (AutograderError, OSError):
        return True  # what cannot be taken along was never graded


def _limits(course: Course, assignment: str) -> SubmissionLimits:
    """The assignment's; the usual ones where its questions are not here."""
    try:
        return load_exam(course.questions(assignment)).limits
    except QuestionsUnusable:
        return SubmissionLimits()
