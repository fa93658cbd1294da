"""What ``grade`` does between its options and its exit code: grade, show progress, write reports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from autograder.course import Course
from autograder.errors import AutograderError, UsageError
from autograder.grading.assignment import load_assignment
from autograder.grading.batch import Order, grade_notebooks
from autograder.grading.settings import GradingSettings
from autograder.report import github, gradescope, json_report, junit, terminal
from autograder.report.files import require_place
from autograder.results import Result, ResultStatus


@dataclass(frozen=True)
class Reports:
    """The files to write, where asked for."""

    json: Path | None
    junit: Path | None
    gradescope: Path | None
    github: Path | None

    def check(self) -> None:
        """Raises UsageError when a report could not be written, before any time is spent on grading."""
        for path in filter(None, (self.json, self.junit, self.gradescope, self.github)):
            require_place(path)

    def write(self, results: Sequence[Result], kept: str) -> None:
        """Write every report that was asked for; raises AutograderError after the last when one cannot be written.

        kept: a sentence on where the marks are in any case.
        """
        writers = (
            (self.json, json_report.write_json),
            (self.junit, junit.write_junit),
            (self.gradescope, gradescope.write_gradescope),
            (self.github, github.write_github),
        )
        failures = []
        for path, write in writers:
            try:
                if path is not None:
                    write(path, results)
            except AutograderError as error:
                failures.append(error)
        if failures:
            what = " ".join(failure.what for failure in failures)
            raise AutograderError(what, failures[0].why, f"{failures[0].fix} {kept}")


def grade_notebooks_command(
    course: Course,
    assignment: str,
    settings: GradingSettings,
    notebooks: Sequence[Path],
    student: str,
    jobs: int,
    reports: Reports,
    console: Console,
) -> int:
    """Grade notebooks that are files; 0 when all could be graded, else 1."""
    reports.check()
    for path in notebooks:
        if not path.is_file():
            what = f"{path} is a folder." if path.is_dir() else f"There is no file {path}."
            raise UsageError(what, "Notebooks are named one by one.", "Name .ipynb files, or none to grade the class.")
    order = Order(course, assignment, settings)
    # Here already, so that a missing release or a faulty questions.py is told once and before any process starts.
    load_assignment(course, assignment, settings.seed, settings.device)
    return _run(
        console,
        reports,
        len(notebooks),
        lambda graded: grade_notebooks(order, notebooks, student, jobs, graded),
        kept="The marks are in the table above.",
    )


def grade_class_command(
    course: Course, assignment: str, settings: GradingSettings, student: str | None, reports: Reports, console: Console
) -> int:
    """Grade what was handed in, through nbgrader; 0 when all could be graded, else 1."""
    # nbgrader takes seconds to import, which who grades single notebooks need not wait for
    from autograder.grading.class_run import grade_class

    reports.check()
    submitted = course.submitted(assignment)
    students = [student] if student else list(submitted)
    if not students or any(name not in submitted for name in students):
        raise UsageError(
            f"{student} has handed in nothing for {assignment}." if student else f"Nobody has handed in {assignment}.",
            f"Looked for {course.root}/submitted/*/{assignment}/.",
            "Collect the submissions first (nbgrader collect), or name notebooks to grade.",
        )
    loaded = load_assignment(course, assignment, settings.seed, settings.device)
    return _run(
        console,
        reports,
        len(students),
        lambda graded: grade_class(course, loaded, settings, students, graded),
        kept="The marks are in the gradebook.",
    )


def _run(
    console: Console, reports: Reports, count: int, grade: Callable[[Callable[[Result], None]], list[Result]], kept: str
) -> int:
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("grading", total=count)

        def graded(result: Result) -> None:
            terminal.print_line(progress.console, result)
            progress.advance(task)

        results = grade(graded)
    if count == 1:
        console.print(terminal.details(results[0]), markup=False)
    else:
        console.print(terminal.table(results))
    reports.write(results, kept)
    return 0 if all(result.status is ResultStatus.GRADED for result in results) else 1
