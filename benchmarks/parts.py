"""Where the time of a submission goes: a solved notebook, graded again and again in one warm process.

    python -m benchmarks.parts --times 5

Prints seconds for each part, and beside them what the student's own code takes in it (see floor.py).
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from autograder.course import Course
from autograder.grading.class_run import grade_class
from autograder.grading.graders import local_graders
from autograder.grading.nbgrader_run import Nbgrader
from autograder.grading.order import order_of
from autograder.grading.settings import GradingSettings
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.worker import Worker
from benchmarks.classes import ASSIGNMENT, make_course, solved
from benchmarks.commands import ROOT
from benchmarks.floor import assignment_of, plain_shell, run
from benchmarks.timing import counting

START, SHOWN, AGAIN, ANSWERS, JUDGE, NBGRADER = (
    "starting two workers",
    "the cells, with what they show",
    "the cells again, without convolutions",
    "answering the examples",
    "judging, encoding, parsing: the grader",
    "nbgrader: conversion, gradebook, files",
)
PARTS = (START, SHOWN, AGAIN, ANSWERS, JUDGE, NBGRADER)


@contextmanager
def measured(spent: Counter[str]) -> Iterator[None]:
    """In the body, ``spent`` counts the seconds of each part."""

    def of_request(worker: Worker, message: dict[str, Any], *_: Any, **__: Any) -> str:
        if message["do"] == "cell":
            return SHOWN if message["shown"] else AGAIN
        return ANSWERS if message["do"] == "probe" else START

    with ExitStack() as patches:
        for owner, name, part in (
            (Worker, "request", of_request),
            (ForkServer, "worker", lambda *_, **__: START),
            (Nbgrader, "convert", lambda *_, **__: NBGRADER),
        ):
            patches.enter_context(mock.patch.object(owner, name, counting(spent, part, getattr(owner, name))))
        yield


def ours(course: Course, times: int) -> dict[str, float]:
    """The median seconds of each part of grading the one submission."""
    order, all_spent = order_of(course, ASSIGNMENT, GradingSettings(device="cpu")), []
    with local_graders(order, 1) as graders:
        for _ in range(times + 1):
            spent: Counter[str] = Counter()
            with measured(spent):
                started = time.perf_counter()
                grade_class(
                    course, order, graders, list(course.submitted(ASSIGNMENT)), lambda *_, **__: None, again=True
                )
                spent[JUDGE] = time.perf_counter() - started - sum(spent.values())
            all_spent.append(spent)
    return {part: statistics.median(spent[part] for spent in all_spent[1:]) for part in PARTS}


def floor(course: Course, times: int) -> dict[str, float]:
    """The same for the student's code alone, run plainly."""
    assignment = assignment_of(course)
    shell, notebook = plain_shell(assignment), next((course.root / "submitted").glob("*/*/*.ipynb"))
    took = [run(shell, assignment, notebook) for _ in range(times + 1)][1:]
    return {
        SHOWN: statistics.median(cells for cells, _ in took),
        ANSWERS: statistics.median(calls for _, calls in took),
    }


def main() -> None:
    """Measure and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--times", type=int, default=5, help="how often it is graded (default 5)")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = make_course(Path(work, "course"), 1, solved())
        shutil.copy(ROOT / "nbgrader_config.py", folder)
        took, least = ours(Course(folder), chosen.times), floor(Course(folder), chosen.times)
    lines = [f"{'seconds':42} {'ours':>6} {'floor':>6}"]
    lines += [f"{part:42} {took[part]:6.2f} {least.get(part, 0):6.2f}" for part in PARTS]
    lines += [f"{'together':42} {sum(took.values()):6.2f} {sum(least.values()):6.2f}"]
    print("\n".join(lines), file=sys.__stdout__)


if __name__ == "__main__":
    main()
