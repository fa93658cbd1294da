"""Grades everything that was handed in for an assignment, through nbgrader, into its gradebook and ``autograded/``."""

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.assignment import Assignment, NotBuilt
from autograder.grading.grade import unreadable_result
from autograder.grading.settings import GradingSettings, grading_with
from autograder.notebooks.release import course_config, quiet_log
from autograder.report.verdict import load
from autograder.results import Result


def grade_class(
    course: Course,
    assignment: Assignment,
    settings: GradingSettings,
    students: Sequence[str],
    graded: Callable[[Result], None],
) -> list[Result]:
    """Grade these students' submissions, one after the other; ``graded`` hears of each.

    Every student gets a result, whatever the others' submissions do. Marks given by hand stay as they are.
    """
    register(course, assignment.name)
    results = []
    with grading_with(settings):
        for student in students:
            results.append(_grade_student(course, assignment, student))
            graded(results[-1])
    return results


def register(course: Course, assignment: str) -> None:
    """Enter the assignment into the gradebook, unless it is there; raises NotBuilt."""
    directory = CourseDirectory(config=course_config(course.root))
    try:
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            gradebook.find_assignment(assignment)
            return
    except MissingEntry:
        pass
    except SQLAlchemyError as error:
        raise AutograderError(
            "The gradebook cannot be used.",
            f"The database says: {str(getattr(error, 'orig', None) or error).strip()}.",
            "Put a backup of gradebook.db in its place, or look at AUTOGRADER_DB_URL. No mark has been changed.",
        ) from error
    if not (course.module(assignment).with_suffix(".ipynb")).is_file():
        raise NotBuilt(
            f"{assignment} is not built here.",
            "nbgrader's gradebook is filled from the instructor's notebook.",
            f"Run python -m autograder build {assignment}.",
        )
    complaint = _convert(course, GenerateAssignment, assignment, None)
    if complaint:
        raise AutograderError(f"nbgrader could not enter {assignment} into the gradebook.", complaint)


def _grade_student(course: Course, assignment: Assignment, student: str) -> Result:
    verdict = course.verdict(assignment.name, student)
    verdict.unlink(missing_ok=True)
    notebook = Path("submitted", student, assignment.name, f"{assignment.name}.ipynb")
    if not (course.root / notebook).exists():
        complaint = f"There is no {notebook.name} in the submission."
    else:
        complaint = _convert(course, Autograde, assignment.name, student)
    if verdict.is_file() and not complaint:
        return load(verdict.read_text(encoding="utf-8"))
    return unreadable_result(
        assignment, notebook, student, complaint or "nbgrader left the submission out.", 0.0
    ).result


def _convert(course: Course, converter: type[BaseConverter], assignment: str, student: str | None) -> str:
    """Run one of nbgrader's converters; what it complained of in one line, or an empty string."""
    config = course_config(course.root)
    config.CourseDirectory.assignment_id = assignment
    if student is not None:
        config.CourseDirectory.student_id = student
    log, complaints = quiet_log()
    # Said by nbgrader's own use of its database, of no consequence, and three lines a student.
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
    try:
        converter(coursedir=CourseDirectory(config=config, log=log), config=config, force=True, log=log).start()
    except NbGraderException as error:
        return complaints.last_exception() or str(error)
    return ""
