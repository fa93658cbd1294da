"""What ``grade`` does between its options and its exit code: grade, show progress, write reports."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

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
from autograder.errors import AutograderError, UsageError
from autograder.grading.batch import grade_notebooks
from autograder.grading.class_results import ClassResults
from autograder.grading.graders import Graders, local_graders
from autograder.grading.order import Order, order_of
from autograder.grading.pass_mark import PassMark
from autograder.grading.places import place_of
from autograder.grading.settings import GradingSettings
from autograder.report import github, gradescope, json_report, junit, markdown, terminal
from autograder.report.annotations import annotations
from autograder.report.files import require_place
from autograder.report.log import LogStyle, folded
from autograder.results import Brief, Result, ResultStatus

# A longer class is summed up, and not listed once more.
ROWS_SHOWN = 60
EXIT_UNGRADED, EXIT_MISSED = 1, 3


@dataclass(frozen=True)
class Reports:
    """The files to write, where asked for."""

    json: Path | None
    junit: Path | None
    gradescope: Path | None
    github: Path | None
    markdown: Path | None = None

    def check(self) -> None:
        """Raises UsageError when a report could not be written, before any time is spent on grading."""
        asked = [path for path in self._paths if path is not None]
        for path in asked:
            if path.suffix == ".ipynb":
                raise UsageError(
                    f"A report would take the place of {path}.",
                    "A report is no notebook: the file's name may have been forgotten before it.",
                    "Name a file for it: --json results.json.",
                )
            if asked.count(path) > 1:
                raise UsageError(
                    f"Two reports would be written to {path}.",
                    "The second would take the place of the first.",
                    "Name a file for each.",
                )
            require_place(path)

    @property
    def _paths(self) -> tuple[Path | None, ...]:
        return self.json, self.junit, self.gradescope, self.github, self.markdown

    def write(self, results: Sequence[Result], kept: str) -> None:
        """Write every report that was asked for; raises AutograderError after the last when one cannot be written.

        kept: a sentence on where the marks are in any case.
        """
        writers = (
            (self.json, json_report.write_json),
            (self.junit, junit.write_junit),
            (self.gradescope, gradescope.write_gradescope),
            (self.github, github.write_github),
            (self.markdown, markdown.write_markdown),
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


@dataclass(frozen=True)
class Ending:
    """What is told once all are graded. log: for whom. pass_mark: with how many points a submission does, if asked."""

    log: LogStyle = LogStyle.PLAIN
    pass_mark: PassMark | None = None

    def check(self, order: Order) -> None:
        """Raises UsageError when nobody could have as many points as are asked for."""
        if self.pass_mark is not None:
            self.pass_mark.require_within(order.max_score)

    def tell(self, console: Console, briefs: Sequence[Brief], results: Sequence[Result], root: Path) -> None:
        """Print what came of the submissions. root: what their names are relative to."""
        if self.log is LogStyle.PLAIN or len(results) > ROWS_SHOWN:
            if len(results) == 1:
                terminal.print_details(console, results[0])
        else:
            _print_folded(console, results, self.log, root)
        if len(results) > 1:
            if len(results) <= ROWS_SHOWN:
                console.print(terminal.table(results))
            terminal.print_summary(console, briefs)
        missed = self._missed(briefs)
        if missed and self.pass_mark is not None:
            terminal.print_missed(console, missed, self.pass_mark.written)

    def code(self, briefs: Sequence[Brief]) -> int:
        """The command's exit code."""
        if any(brief.status is ResultStatus.ERROR for brief in briefs):
            return EXIT_UNGRADED
        return EXIT_MISSED if self._missed(briefs) else 0

    def _missed(self, briefs: Sequence[Brief]) -> list[Brief]:
        mark = self.pass_mark
        return [] if mark is None else [brief for brief in briefs if mark.is_missed(brief)]


def _print_folded(console: Console, results: Sequence[Result], style: LogStyle, root: Path) -> None:
    """Print for a CI system: neither wrapped nor coloured, as each line may be an order to it."""
    lines = list(folded(results, style))
    if style is LogStyle.GITHUB:
        lines += annotations(results, [place_of(root / result.notebook) for result in results])
    console.file.write("".join(f"{line}\n" for line in lines))
    console.file.flush()


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
) -> int:
    """Grade notebooks that are files. The exit code: 1 when one could not be graded, 3 when one has too few points."""
    reports.check()
    if not any(path.is_file() for path in notebooks):  # else those that are not there have a result that says so
        path = notebooks[0]
        what = f"{path} is a folder." if path.is_dir() else f"There is no file {path}."
        raise UsageError(what, "Notebooks are named one by one.", "Name .ipynb files, or none to grade the class.")
    order = order_of(course, assignment, settings)
    ending.check(order)
    once = replace(where, jobs=min(where.jobs, len(notebooks)))
    with once.graders(order, console) as graders, _Progress(console, len(notebooks)) as progress:
        results = grade_notebooks(order, graders, notebooks, student, progress.heard)
    ending.tell(console, progress.briefs, results, Path())
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

    reports.check()
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
