"""What ``report`` does between its options and its exit code: read the class, show progress, write the page."""

from collections.abc import Mapping, Set
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from autograder.audit.catalogue import read_catalogue
from autograder.class_page import names
from autograder.class_page.code import Form, form
from autograder.class_page.evidence import Evidence
from autograder.class_page.html import html_page
from autograder.class_page.page import make_page
from autograder.class_page.reading import read_class, solutions
from autograder.course import Course
from autograder.errors import UsageError
from autograder.properties.questions import load_exam
from autograder.report.files import require_place, write_atomically


def report_command(course: Course, assignment: str, to: Path | None, with_names: bool, console: Console) -> None:
    """Write the page on a class, to the course's folder or ``to``. It is written for a class of nobody, too."""
    course.require(assignment)
    path = to or course.page(assignment, with_names)
    if to is not None:
        _require_page(to)
    exam = load_exam(course.questions(assignment))
    students = list(course.submitted(assignment))
    called = names.as_they_are(students) if with_names else names.numbered(students, course.page_key())
    evidence = Evidence(called, _cells(course.master(assignment)), _known(course, assignment))
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=len(students))
        read = read_class(course, assignment, students, exam.limits, evidence, lambda: progress.advance(task))
    page = make_page(assignment, read, evidence, {question.id: question.title for question in exam.questions}, called)
    if to is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, html_page(page))
    for sentence in page.headline:
        console.print(sentence, markup=False, soft_wrap=True)
    console.print(f"Page: {path}", markup=False, soft_wrap=True)


def _require_page(path: Path) -> None:
    if path.suffix == ".ipynb":
        raise UsageError(
            f"The page would take the place of {path}.",
            "A page is no notebook.",
            "Name a file for it: --to class.html.",
        )
    require_place(path)


def _known(course: Course, assignment: str) -> Set[Form]:
    """The forms of the instructor's own answers and of those in the audit's catalogue, right and wrong."""
    own = _cells(course.module(assignment).with_suffix(".ipynb")).values()
    usual = (entry.source for entry in read_catalogue(course.catalogue(assignment)))
    return {found for source in (*own, *usual) if (found := form(source)) is not None}


def _cells(notebook: Path) -> Mapping[str, str]:
    """The answers in a notebook of the instructor's, by question; none where it is not there."""
    return solutions(notebook.read_bytes(), notebook.name) if notebook.is_file() else {}
