"""The commands. A thin skin: each reads its options, calls the library, prints, and sets the exit code.

Exit codes: 0 done, 1 something could not be graded or built, 2 the command was used wrongly, 3 too few points.
"""

import os
import signal
import sys
import threading
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import Annotated, Literal

import typer
from rich.console import Console

from autograder.errors import AutograderError, UsageError
from autograder.report.log import LogStyle, style_of

EXIT_FAILED, EXIT_USAGE = 1, 2

app = typer.Typer(
    name="autograder",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Builds notebooks from an instructor's module, and grades what students hand in.",
)


class DeviceChoice(StrEnum):
    """Where properties that ask for a device run: auto and cpu take the pretend accelerator."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


def main() -> int:
    """Run the command line; errors that people can act on are printed as sentences. Returns the exit code."""
    signal.signal(signal.SIGINT, _interrupt)
    try:
        app()
    except AutograderError as error:
        for part in (error.what, error.why, error.fix):
            if part:
                print(part, file=sys.stderr)
        return EXIT_USAGE if isinstance(error, UsageError) else EXIT_FAILED
    except OSError as error:
        print(f"The system refused something: {error}.", file=sys.stderr)
        kept = "What was graded until then is kept. " if _is_grading() else ""
        print(f"{kept}Put that right and run the command again.", file=sys.stderr)
        return EXIT_FAILED
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Ctrl-C stops the command, wherever it is: in a callback of the garbage collector an exception would be lost."""
    if frame is not None and frame.f_code.co_name == "gc_callback":
        threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGINT)).start()
        return
    same = "the same command without --again" if "--again" in sys.argv else "the same command"
    kept = f" Of a class, what was graded is kept, and {same} goes on from there." if _is_grading() else ""
    print(f"\nStopped.{kept}", file=sys.stderr)
    raise KeyboardInterrupt


def _is_grading() -> bool:
    """Whether the command is the one whose results are kept as they come."""
    return sys.argv[1:2] == [grade.__name__]


def grading_device(choice: DeviceChoice) -> Literal["cpu"]:
    """Where device properties run: on the pretend accelerator. A locked-down worker has no way to a GPU so far."""
    if choice is DeviceChoice.CUDA:
        raise UsageError(
            "Grading on a GPU is not there yet.",
            "The sandbox gives a submission no GPU so far.",
            "Leave --device out: a pretend accelerator shows the same mistakes on the CPU.",
        )
    return "cpu"


def console() -> Console:
    """Where people read: standard error, so that standard output is left to reports."""
    return Console(stderr=True, highlight=False)


@app.command()
def build(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...", help="Which; all when none is named.")
    ] = None,
    course: Annotated[Path, typer.Option(help="The course's folder, or one inside it.")] = Path("."),
) -> None:
    """Make the instructor's notebook and the students' release from source/ASSIGNMENT/ASSIGNMENT.py.

    Refuses unless the solution gets full marks in the sandbox and the untouched release none.
    """
    from autograder.building import build_assignment
    from autograder.course import Course

    where = Course.find(course)
    names = [where.require(name) for name in assignments] if assignments else list(where.assignments())
    if not names:
        raise AutograderError(
            "There is nothing to build.",
            f"{where.root}/source holds no assignment.",
            "Write source/<assignment>/<assignment>.py and questions.py.",
        )
    for name in names:
        with console().status(f"building {name}: the solution and the untouched release are graded in the sandbox"):
            built = build_assignment(where, name)
        console().print(
            f"{name}: the solution gets {built.max_score:g} of {built.max_score:g}, the untouched release 0."
        )
        console().print(f"  for students:    {built.release}")
        console().print(f"  with solutions:  {built.source_notebook}")


@app.command()
def grade(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    notebooks: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[NOTEBOOK]...", help="Notebooks to grade alone; none: the class in submitted/."),
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write all results as JSON to this file.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write a JUnit report to this file.")] = None,
    gradescope: Annotated[Path | None, typer.Option(help="Write Gradescope's results.json to this file.")] = None,
    github: Annotated[
        Path | None, typer.Option(help="Write the GitHub Classroom reporter's JSON to this file.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write the page of feedback on one notebook to this file, as nbgrader does.")
    ] = None,
    markdown: Annotated[
        Path | None,
        typer.Option(help='Write a summary in Markdown to this file; "$GITHUB_STEP_SUMMARY" is added to.'),
    ] = None,
    log: Annotated[
        LogStyle | None,
        typer.Option(
            show_default="as the environment says",
            help="Whose log it is: GitHub's and GitLab's fold, and GitHub's has notes at the cells that lose points.",
        ),
    ] = None,
    fail_under: Annotated[
        str | None,
        typer.Option(metavar="POINTS|PERCENT", help="End with exit code 3 when a submission has fewer: 30, or 75%."),
    ] = None,
    device: Annotated[DeviceChoice, typer.Option(help="Where device properties run.")] = DeviceChoice.AUTO,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Draw the examples from this seed instead of the course's own.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, show_default="every core", help="How many are graded at once, each in a process of its own."
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Grade on the Dask cluster whose scheduler is there: tcp://HOST:8786."),
    ] = None,
    student: Annotated[
        str | None, typer.Option(help="Grade this student only; with notebooks: the name in the report.")
    ] = None,
    with_files: Annotated[
        bool, typer.Option("--with-files", help="Give each notebook what lies beside it, as a class is given it.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Grade also those of the class whose marks are there already.")
    ] = False,
    isolation: Annotated[
        bool, typer.Option("--isolation/--no-isolation", help="--no-isolation runs submissions without any protection.")
    ] = True,
    course: Annotated[Path, typer.Option(help="The course's folder, or one inside it.")] = Path("."),
) -> None:
    """Grade notebooks, each alone; or, when none is given, everything in submitted/ into nbgrader's gradebook.

    Of a class, what has been graded is left as it is, unless the submission or the questions have changed since: a run
    that was stopped goes on where it stopped.

    Exit code 0: all graded. 1: at least one submission could not be graded. 2: wrong use. 3: all graded, and one has
    fewer points than --fail-under names.
    """
    from autograder.course import Course
    from autograder.grading.command import Where, grade_class_command, grade_notebooks_command
    from autograder.grading.ending import Ending
    from autograder.grading.pass_mark import PassMark
    from autograder.grading.reports import Reports
    from autograder.grading.settings import GradingSettings

    if jobs and scheduler:
        raise UsageError(
            "--jobs and --scheduler do not go together.",
            "On a cluster each worker grades one submission at a time.",
            "Leave --jobs out, and start as many workers as are wanted.",
        )
    here = Course.find(course)
    here.require(assignment)
    settings = GradingSettings(seed, grading_device(device), isolation)
    reports = Reports(json, junit, gradescope, github, markdown, html)
    ending = Ending(log or style_of(os.environ), None if fail_under is None else PassMark.parse(fail_under))
    where, told = Where(jobs or os.cpu_count() or 1, scheduler), console()
    if notebooks:
        code = grade_notebooks_command(
            here, assignment, settings, notebooks, student or "", where, reports, ending, told, with_files=with_files
        )
    else:
        code = grade_class_command(here, assignment, settings, student, again, where, reports, ending, told)
    raise typer.Exit(code)


@app.command()
def gradescope(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE.zip", help="The file to write.", show_default="gradescope-ASSIGNMENT.zip"),
    ] = None,
    index_url: Annotated[
        str,
        typer.Option(
            metavar="URL", help="The package index that has PyTorch, as for CPU builds.", show_default="pip's own"
        ),
    ] = "",
    course: Annotated[Path, typer.Option(help="The course's folder, or one inside it.")] = Path("."),
) -> None:
    """Make the zip with which Gradescope grades an assignment that is built, with the same marks as here.

    It holds the release, the course's seed and this package, and no solution. The same bytes on every run.
    """
    from autograder.course import Course
    from autograder.gradescope.command import gradescope_command

    gradescope_command(Course.find(course), assignment, to, index_url, console())


@app.command()
def report(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    to: Annotated[Path | None, typer.Option(help="Write the page to this file, not to .autograder/report/.")] = None,
    names: Annotated[
        bool, typer.Option("--names/--no-names", help="--no-names: numbers for students, and nothing that names them.")
    ] = True,
    course: Annotated[Path, typer.Option(help="The course's folder, or one inside it.")] = Path("."),
) -> None:
    """Write a page on what came of the class: points, questions, misconceptions, and every submission.

    It is made from the verdicts that `grade ASSIGNMENT` keeps, and grades nothing itself.
    """
    from autograder.class_page.command import report_command
    from autograder.course import Course

    report_command(Course.find(course), assignment, to, names, console())


@app.command()
def audit(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    question: Annotated[
        list[str] | None, typer.Option(help="Audit this question only; may be given more than once.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many answers are run at once.")] = os.cpu_count() or 1,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Draw the examples from this seed instead of the course's own.")
    ] = None,
    mutants: Annotated[
        bool, typer.Option("--mutants/--no-mutants", help="Whether to run mutants of the reference solution.")
    ] = True,
    html: Annotated[Path | None, typer.Option(help="Write the page to this file, not to .autograder/audit/.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the JSON to this file, not to .autograder/audit/.")] = None,
    isolation: Annotated[
        bool, typer.Option("--isolation/--no-isolation", help="--no-isolation runs answers without any protection.")
    ] = True,
    course: Annotated[Path, typer.Option(help="The course's folder, or one inside it.")] = Path("."),
) -> None:
    """Hold the questions against right and wrong answers: the catalogue in tests/submissions/, and mutants.

    Exit code 0: right answers keep their marks, and wrong ones lose what they must. 1: some do not. 2: wrong use.
    """
    from autograder.audit.command import AuditOptions, audit_command
    from autograder.course import Course
    from autograder.grading.settings import GradingSettings

    where = Course.find(course)
    options = AuditOptions(tuple(question or ()), jobs, mutants, html, json)
    settings = GradingSettings(seed, isolate=isolation)
    raise typer.Exit(audit_command(where, assignment, settings, options, console()))


@app.command()
def doctor() -> None:
    """Say which isolation, devices and limits are in force here, and what is missing."""
    from autograder.doctor import diagnosis

    safe, lines = diagnosis()
    for line in lines:
        print(line)
    raise typer.Exit(0 if safe else EXIT_FAILED)
