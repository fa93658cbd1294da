"""The result of a submission that could not be graded, whatever kept it from that."""

from pathlib import Path

from autograder.errors import AutograderError
from autograder.grading.order import Order
from autograder.results import Result, ResultStatus


def ungraded(order: Order, notebook: Path, student: str, error: BaseException) -> Result:
    """No points, and why. A submission has no say in what is raised here, so this tells nothing about it."""
    return Result(
        str(notebook),
        order.assignment,
        student,
        order.max_score,
        ResultStatus.ERROR,
        order.seed,
        order.settings.device,
        0.0,
        str(told(error)),
        isolated=order.settings.isolate,
    )


def told(error: BaseException) -> AutograderError:
    """The error in sentences."""
    if isinstance(error, AutograderError):
        return error
    if isinstance(error, OSError):
        return AutograderError(f"The system refused something: {error}.", "", "Put that right and grade it again.")
    return AutograderError(f"The grader itself failed, which says nothing about the submission: {error!r}.")
