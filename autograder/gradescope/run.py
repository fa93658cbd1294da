"""What ``run_autograder`` runs for each submission: grades it, and keeps results.json up to date meanwhile.

``python -m autograder.gradescope.run [ROOT]``; ROOT is /autograder on Gradescope.
"""

import sys
from contextlib import closing
from functools import partial
from pathlib import Path

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.gradescope.submission import find_notebook, student_of
from autograder.grading.grader import Grader
from autograder.grading.order import Order, order_of
from autograder.grading.parcel import Parcel, pack
from autograder.grading.settings import GradingSettings
from autograder.grading.submission import SubmissionUnreadable
from autograder.grading.ungraded import told, ungraded
from autograder.report.gradescope import write_gradescope
from autograder.report.safe_text import one_line
from autograder.results import Result, ResultStatus
from autograder.sandbox.scratch import TooManyFiles

ROOT = Path("/autograder")
UNFINISHED = (
    "Grading did not finish: questions that are not graded yet have no points here, so this is no mark.\n"
    "Instructors: see the output of the autograder; it may need more time, processors or memory. Then choose Rerun "
    "Autograder. Students: hand in again, or ask your instructor."
)
NO_MARK = (
    "The grader failed. This is no mark, and says nothing about what was handed in.\n"
    "Instructors: put right what is said below, then choose Rerun Autograder. Students: ask your instructor."
)


def main(root: Path = ROOT) -> int:
    """Grade what lies in ``root``/submission and write ``root``/results/results.json. Returns the exit code.

    0: there is a mark, which is 0 for what cannot be read. 1: the grader failed, and results.json says so.
    """
    report = root / "results" / "results.json"
    student = student_of(root / "submission_metadata.json")
    try:
        order = _order(root / "source")
    except Exception as error:  # whatever it was, it is to be told
        nothing = Result("the submission", "", student, 0.0, ResultStatus.ERROR, 0, "cpu", 0.0, str(told(error)))
        return _failed(report, nothing)
    notebook = Path(f"{order.assignment}.ipynb")
    try:
        handed_in = find_notebook(root / "submission", order.assignment)
        notebook = handed_in.notebook
        parcel = pack(root / "submission" / notebook, notebook, student, order.limits)
        result = _graded(order, parcel, report)
        write_gradescope(report, [result], handed_in.note)
    except (SubmissionUnreadable, TooManyFiles) as error:
        result = ungraded(order, notebook, student, error)
        write_gradescope(report, [result])
    except Exception as error:
        return _failed(report, ungraded(order, notebook, student, error))
    print(f"{result.score:g} of {result.max_score:g} points in {result.duration_s:g} s. {one_line(result.message)}")
    return 0


def _order(source: Path) -> Order:
    course = Course(source)
    names = course.assignments()
    if len(names) != 1:
        raise AutograderError(
            "The autograder's files are not whole.",
            f"There should be one assignment in {course.root}/release, and there are {len(names)}.",
            "Make the zip again, and upload it.",
        )
    return order_of(course, names[0], GradingSettings())


def _graded(order: Order, parcel: Parcel, report: Path) -> Result:
    """The submission's result; after each question the results so far are written."""
    with closing(Grader(order)) as grader:
        return grader.grade(parcel, partial(_so_far, report)).result


def _so_far(report: Path, result: Result) -> None:
    write_gradescope(report, [result], UNFINISHED)


def _failed(report: Path, result: Result) -> int:
    print(f"The grader failed: {one_line(result.message)}")
    try:
        write_gradescope(report, [result], NO_MARK)
    except AutograderError as error:
        print(error)
    return 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
