"""The result of a submission that could not be graded, whatever kept it from that."""

from pathlib import Path

from autograder.errors import AutograderError
from autograder.grading.assignment import Assignment
from autograder.grading.grade import unreadable_result
from autograder.results import Result


def ungraded(assignment: Assignment, notebook: Path, student: str, error: Exception) -> Result:
    """No points, and why. A submission has no say in what is raised here, so this tells nothing about it."""
    if isinstance(error, AutograderError):
        message = str(error)
    elif isinstance(error, OSError):
        message = f"The system refused something: {error}. Put that right and grade it again."
    else:
        message = f"The grader itself failed, which says nothing about the submission: {error!r}."
    return unreadable_result(assignment, notebook, student, message, 0.0).result
