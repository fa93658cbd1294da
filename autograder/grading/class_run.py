"""Grades everything that was handed in for an assignment, through nbgrader, into its gradebook and ``autograded/``."""

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.coursedir import CourseDirectory

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.assignment import Assignment, NotBuilt
from autograder.grading.gradebook import GradebookFailed, open_gradebook
from autograder.grading.handed_in import no_files, patterns
from autograder.grading.nbgrader_run import convert, converter_config
from autograder.grading.settings import GradingSettings, grading_with
from autograder.grading.submission import read_notebook
from autograder.grading.ungraded import ungraded
from autograder.report.verdict import read_verdict, remove_verdict
from autograder.results import Result

# Where nbgrader makes a release that nobody needs, while it enters an assignment into the gradebook. It empties the
# folder first, so it must not be the release that submissions are graded with.
_ASIDE = ".autograder/registering"


def grade_class(
    course: Course,
    assignment: Assignment,
    settings: GradingSettings,
    students: Sequence[str],
    graded: Callable[[Result], None],
) -> list[Result]:
    """Grade these students' submissions, one after the other; ``graded`` hears of each.

    Every student gets a result, whatever the others' submissions do. Marks given by hand stay as they are. Once the
    gradebook fails, the students that are left are not graded, and their results say why.
    """
    register(course, assignment.name)
    results = []
    failed: GradebookFailed | None = None
    with grading_with(settings):
        for student in students:
            try:
                if failed is not None:
                    raise failed
                result = _grade_student(course, assignment, student)
            except Exception as error:  # whatever it was, the other submissions are still to be graded
                failed = error if isinstance(error, GradebookFailed) else None
                result = ungraded(assignment, _notebook(assignment, student), student, error)
            results.append(result)
            graded(result)
    return results


def register(course: Course, assignment: str) -> None:
    """Enter the assignment into the gradebook, unless all of it is there; raises NotBuilt, GradebookFailed."""
    directory = CourseDirectory(config=converter_config(course))
    with open_gradebook(directory) as gradebook:
        if _is_registered(gradebook, course, assignment):
            return
    if not (course.module(assignment).with_suffix(".ipynb")).is_file():
        raise NotBuilt(
            f"{assignment} is not built here.",
            "nbgrader's gradebook is filled from the instructor's notebook.",
            f"Run python -m autograder build {assignment}.",
        )
    convert(course, GenerateAssignment, assignment, release=_ASIDE)


def _is_registered(gradebook: Gradebook, course: Course, assignment: str) -> bool:
    """Whether the gradebook knows every cell of the release: nbgrader enters them one by one, and may be killed."""
    try:
        entered = gradebook.find_notebook(assignment, assignment)
    except MissingEntry:
        return False
    released = {
        cell.metadata.nbgrader.grade_id
        for cell in read_notebook(course.master(assignment)).cells
        if cell.metadata.get("nbgrader", {}).get("grade_id")
    }
    # its last step is to enter these, of all kinds
    return released <= {cell.name for cell in entered.source_cells}


def _notebook(assignment: Assignment, student: str) -> Path:
    return Path("submitted", student, assignment.name, f"{assignment.name}.ipynb")


def _grade_student(course: Course, assignment: Assignment, student: str) -> Result:
    """Raises AutograderError when the submission is not graded."""
    notebook = course.root / _notebook(assignment, student)
    verdict = course.verdict(assignment.name, student)
    _require_readable(notebook)
    without = no_files(notebook.parent)
    _require_time(notebook.parent, without)
    remove_verdict(verdict)  # an earlier one must not be taken for that of this run
    try:
        convert(course, Autograde, assignment.name, student, leave_out=patterns(without))
    except GradebookFailed:
        raise
    except AutograderError:
        _require_readable(notebook)  # it may have vanished since
        raise
    return read_verdict(verdict)


def _require_readable(notebook: Path) -> None:
    """Raises AutograderError when the system does not give what is at ``notebook``, which says nothing about it."""
    try:
        os.close(os.open(notebook, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC))
    except FileNotFoundError as error:
        raise AutograderError(
            f"There is no {notebook.name} in the submission.",
            f"Looked in {notebook.parent}.",
            "Has it another name, or been moved away?",
        ) from error
    except NotADirectoryError as error:
        raise AutograderError(
            f"{notebook.parent} is no folder.", f"A submission is a folder with {notebook.name} in it."
        ) from error
    except OSError as error:
        if error.errno != errno.ELOOP:  # a link is what was handed in, and is judged as that
            raise AutograderError(
                f"{notebook} cannot be opened.", f"The system says: {error.strerror}.", "Make it readable."
            ) from error


def _require_time(folder: Path, without: list[Path]) -> None:
    """Raises AutograderError for a ``timestamp.txt`` that is no file: nbgrader reads it in any case."""
    if any(entry.name == "timestamp.txt" for entry in without):
        raise AutograderError(
            f"The submission's timestamp.txt in {folder} is no file.", "nbgrader reads the time of handing in there."
        )
