"""What ``grade`` does between its options and its exit code: grade, show progress, write reports."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from autograder.course import Course
from autograder.errors import UsageError
from autograder.grading.batch import grade_notebooks
from autograder.grading.class_results import ClassResults
from autograder.grading.ending import Ending
from autograder.grading.graders import Graders, local_graders
from autograder.grading.order import Order, order_of
from autograder.grading.reports import Reports
from autograder.grading.settings import GradingSettings
from autograder.report import terminal
from autograder.results import Brief, Result, ResultStatus


@dataclass(frozen=True)
class Where:
    """Where submissions are graded: so many processes here, or the cluster of a Dask scheduler."""

    jobs: int
    scheduler: str | None = None

    @contextmanager
    def graders(self, order: Order, console: Console) -> Iterator[Graders]:
        """Graders that are ready for the order."""
        if self.scheduler is None:
            with local_graders(order, self.jobs) as graders:
                yield graders
            return
        # Dask takes a second to import, which who grades on one machine need not wait for
        from autograder.grading.cluster import cluster_graders

        with cluster_graders(order, self.scheduler, lambda words: console.print(words, markup=False)) as graders:
            yield graders


def grade_notebooks_command(
    course: Course,
    assignment: str,
    settings: GradingSettings,
    notebooks: Sequence[Path],
    student: str,
    where: Where,
    reports: Reports,
    ending: Ending,
    console: Console,
    *,
    with_files: bool = False,
) -> int:
    """Grade notebooks that are files. The exit code: 1 when one could not be graded, 3 when one has too few points."""
    reports.check(len(notebooks))
    if not any(path.is_file() for path in notebooks):  # else those that are not there have a result that says so
        path = notebooks[0]
        what = f"{path} is a folder." if path.is_dir() else f"There is no file {path}."
        raise UsageError(what, "Notebooks are named one by one.", "Name .ipynb files, or none to grade the class.")
    order = order_of(course, assignment, settings)
    ending.check(order)
    once = replace(where, jobs=min(where.jobs, len(notebooks)))
    run: list[NotebookNode] = []

    def heard(result: Result, notebook: NotebookNode | None) -> None:
        progress.heard(result)
        if reports.html is not None and notebook is not None:
            run.append(notebook)

    with once.graders(order, console) as graders, _Progress(console, len(notebooks)) as progress:
        results = grade_notebooks(order, graders, notebooks, student, heard, with_files=with_files)
    ending.tell(console, progress.briefs, results, Path())
    for notebook in run:
        reports.write_page(course, assignment, notebook)
    reports.write(results, "The marks are in the table above.")
    return ending.code(progress.briefs)


def grade_class_command(
    course: Course,
    assignment: str,
    settings: GradingSettings,
    student: str | None,
    again: bool,
    where: Where,
    reports: Reports,
    ending: Ending,
    console: Console,
) -> int:
    """Grade what was handed in, through nbgrader. The exit codes are those of notebooks."""
    # nbgrader takes seconds to import, which who grades single notebooks need not wait for
    from autograder.grading.class_run import grade_class

    reports.check(0)
    submitted = course.submitted(assignment)
    students = [student] if student else list(submitted)
    if not students or any(name not in submitted for name in students):
        raise UsageError(
            f"{student} has handed in nothing for {assignment}." if student else f"Nobody has handed in {assignment}.",
            f"Looked for {course.root}/submitted/*/{assignment}/.",
            "Collect the submissions first (nbgrader collect), or name notebooks to grade.",
        )
    order = order_of(course, assignment, settings)
    ending.check(order)
    some = replace(where, jobs=min(where.jobs, len(students)))
    with some.graders(order, console) as graders, _Progress(console, len(students)) as progress:
        grade_class(course, order, graders, students, progress.heard, again=again)
    results = ClassResults(course, assignment, students, progress.ungraded)
    ending.tell(console, progress.briefs, results, course.root)
    reports.write(results, "The marks are in the gradebook.")
    return ending.code(progress.briefs)


class _Progress:
    """Tells of results as they come, how fast they do, and when the last one may."""

    def __init__(self, console: Console, count: int) -> None:
        columns = (
            TextColumn("grading"),
            BarColumn(),
            MofNCompleteColumn(),
            _Throughput(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=console, transient=True)
        self._task = self._progress.add_task("grading", total=count)
        self.briefs: list[Brief] = []
        self.ungraded: dict[str, Result] = {}

    def __enter__(self) -> "_Progress":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def heard(self, result: Result, kept: bool = False) -> None:
        """Tell of a result. kept: it had been graded before."""
        if not kept:
            terminal.print_line(self._progress.console, result)
        if result.status is ResultStatus.ERROR:
            self.ungraded[result.student] = result
        self.briefs.append(result.brief(kept))
        self._progress.advance(self._task)


class _Throughput(ProgressColumn):
    """How many submissions a minute."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{60 * speed:.0f} a minute")
