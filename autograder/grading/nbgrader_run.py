"""Runs one of nbgrader's converters, and tells in sentences what became of it."""

import glob
import logging
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config.loader import Config

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.gradebook import gradebook_failure, patient
from autograder.notebooks.release import course_config


class NotConverted(AutograderError):
    """nbgrader gave up."""


def converter_config(course: Course) -> Config:
    """The course's configuration, with a gradebook that is waited for."""
    config = course_config(course.root)
    config.CourseDirectory.db_url = patient(CourseDirectory(config=config).db_url)
    return config


def convert(
    course: Course,
    converter: type[BaseConverter],
    assignment: str,
    student: str | None = None,
    leave_out: Sequence[str] = (),
    release: str | None = None,
) -> None:
    """Run a converter for an assignment, and for one student where it is about students.

    leave_out: patterns of files that it leaves out. release: the folder that stands for ``release``. Raises
    GradebookFailed when nothing can be entered into the gradebook for anybody, else NotConverted when nbgrader gives
    up, or the error that the course's own plug-in had.
    """
    _require_no_pattern(course.root / (student or ""))
    config = converter_config(course)
    config.CourseDirectory.assignment_id = assignment
    config.CourseDirectory.ignore = [*config.CourseDirectory.ignore, *leave_out]
    if student is not None:
        config.CourseDirectory.student_id = _only(student)
    if release is not None:
        config.CourseDirectory.release_directory = release
    log, cause = logging.Logger("autograder.nbgrader"), _Cause()
    log.addHandler(cause)
    # Said by nbgrader's own use of its database, of no consequence, and three lines a student.
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
    try:
        converter(coursedir=CourseDirectory(config=config, log=log), config=config, force=True, log=log).start()
    except Exception as error:
        # What nbgrader raises in the end only says that something has been logged.
        first = cause.error if isinstance(error, NbGraderException) and cause.error else error
        raise _told(first) from error


def _require_no_pattern(path: Path) -> None:
    """Raises NotConverted for a path in which nbgrader, which looks for files by patterns, would find other files."""
    if path != Path(glob.escape(str(path))):
        raise NotConverted(
            f"nbgrader cannot be let into {path}.",
            "It takes *, ? and [ in a folder's name for a pattern, and would find other folders' files.",
            "Give the folder another name.",
        )


def _only(student: str) -> str:
    """A pattern that matches this folder's name. nbgrader takes white space at the ends of a pattern away."""
    return "".join(f"[{letter}]" if letter.isspace() else letter for letter in student)


class _Cause(logging.Handler):
    """Keeps the exception that nbgrader was handling when it logged an error, to raise another one later."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.error: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.error = sys.exception() or self.error


def _told(error: BaseException) -> AutograderError:
    if isinstance(error, AutograderError):
        return error
    failure = gradebook_failure(error)
    if failure is not None:
        return failure
    if isinstance(error, OSError):
        place = f" {error.filename}" if error.filename else ""
        return NotConverted(
            f"The system refused nbgrader the file or folder{place}.",
            f"It says: {error.strerror or error}.",
            "Put that right and grade it again.",
        )
    said = str(error) if isinstance(error, NbGraderException) else f"{type(error).__name__}: {error}"
    return NotConverted("nbgrader gave up.", said)
