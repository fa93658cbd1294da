"""How long one submission of each assignment takes: its solution, graded again and again in one warm process.

    python -m benchmarks.each --times 3

Prints the median seconds of the cells, of each question's answers and verdicts, and of the whole submission.
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from autograder.course import Course
from autograder.grading import grade
from autograder.grading.execution import Execution
from autograder.grading.grader import Grader
from autograder.grading.order import order_of
from autograder.grading.parcel import pack
from autograder.grading.settings import GradingSettings
from benchmarks.commands import ROOT
from benchmarks.timing import counting

CELLS, WHOLE = "the cells, with what they show", "the whole submission"


@contextmanager
def measured(spent: Counter[str]) -> Iterator[None]:
    """In the body, ``spent`` counts the seconds of the cells, and of each question by its id."""

    cells = mock.patch.object(Execution, "run_cell", counting(spent, lambda *_: CELLS, Execution.run_cell))
    judged = counting(spent, lambda question, *_: question.id, grade.judge_question)
    with cells, mock.patch.object(grade, "judge_question", judged):
        yield


def seconds(course: Course, assignment: str, times: int) -> dict[str, float]:
    """The median seconds of each part."""
    grader = Grader(order_of(course, assignment, GradingSettings(device="cpu")))
    notebook = course.module(assignment).with_suffix(".ipynb")
    parcel = pack(notebook, notebook, "solution")
    runs: list[Counter[str]] = []
    try:
        for _ in range(times + 1):
            spent: Counter[str] = Counter()
            with measured(spent):
                started = time.perf_counter()
                grader.grade(parcel)
                spent[WHOLE] = time.perf_counter() - started
            runs.append(spent)
    finally:
        grader.close()
    return {part: statistics.median(spent[part] for spent in runs[1:]) for part in runs[0]}


def main() -> None:
    """Measure and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--times", type=int, default=3, help="how often each is graded (default 3)")
    times, course = arguments.parse_args().times, Course(ROOT)
    for assignment in course.assignments():
        if not course.module(assignment).with_suffix(".ipynb").is_file():
            sys.exit(f"The instructor's notebook of {assignment} is not built here. Run make build.")
        took = seconds(course, assignment, times)
        print(f"{assignment:42} seconds   share")
        for part, spent in sorted(took.items(), key=lambda item: item[0] == WHOLE):
            print(f"  {part:40} {spent:7.2f} {spent / took[WHOLE]:7.0%}")


if __name__ == "__main__":
    main()
