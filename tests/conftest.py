"""What the tests of grading share: one assignment, one warm fork server, and notebooks made of single answers."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.grading.assignment import Assignment, make_assignment
from autograder.grading.grade import Graded, grade_notebook
from autograder.grading.submission import merge, read_notebook
from autograder.results import QuestionResult
from autograder.sandbox.forkserver import ForkServer
from tests.attacks.table import Row, summary

ROOT = Path(__file__).resolve().parent.parent
SEED = 20261122
# Of these files the tests are many and share little.
SPREAD = ("test_attacks.py", "test_disks.py", "test_submissions.py")


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Side by side run files, and not the tests of one: these share fixtures that take long to make."""
    for item in items:
        if item.path.name not in SPREAD and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(str(item.path.relative_to(ROOT))))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have recorded, whichever process they ran in: lines to tell, examples, and what came of the attacks.

    The attacks are told by family; in full as lines of JSON in the file that ATTACKS_TABLE names.
    """
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    recorded = [one for report in reports if report.when == "call" for one in report.user_properties]
    told = [value for name, value in recorded if name == "told"]
    for line in [*told, *examples_by_target([value for name, value in recorded if name == "examples"])]:
        terminalreporter.write_line(line)
    attacks = [value for name, value in recorded if name == "attack"]
    if attacks:
        terminalreporter.section("attacks")
        for line in summary([Row.of_json(text) for text in attacks]):
            terminalreporter.write_line(line)
    if attacks and "ATTACKS_TABLE" in os.environ:
        Path(os.environ["ATTACKS_TABLE"]).write_text("".join(f"{text}\n" for text in attacks), encoding="utf-8")


def examples_by_target(counts: Iterable[tuple[str, int]]) -> list[str]:
    """A line for each target of the fuzz tests: how many examples its claims were given, all together."""
    executed: dict[str, int] = defaultdict(int)
    for target, count in counts:
        executed[target] += count
    return [f"fuzz, {target}: {count} examples executed" for target, count in sorted(executed.items())]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Adds a line to the summary of the run: what was counted."""
    return lambda line: record_property("told", line)


@pytest.fixture(scope="session")
def conv_layer() -> Assignment:
    """The assignment conv_layer as released, with examples from a fixed seed."""
    release = ROOT / "release" / "conv_layer"
    return make_assignment(
        "conv_layer",
        read_notebook(release / "conv_layer.ipynb"),
        release,
        ROOT / "source" / "conv_layer" / "questions.py",
        SEED,
    )


@pytest.fixture(scope="session")
def server(conv_layer: Assignment) -> Iterator[ForkServer]:
    """A fork server that has imported what the notebook imports."""
    with ForkServer(preload=conv_layer.imports) as server:
        yield server


def with_answers(assignment: Assignment, answers: Mapping[str, str], only: bool = False) -> NotebookNode:
    """The released notebook with some solution cells' sources replaced.

    only: leave the other code cells out, but for the setup and the answered questions' checks.
    """
    notebook = merge(assignment.master, assignment.master)
    kept = {"setup", *answers, *(f"check-{question}" for question in answers)}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell.source = answers[grade_id]
    if only:
        notebook.cells = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") in kept]
    return notebook


def with_own_cell(notebook: NotebookNode, source: str, after: str = "setup") -> NotebookNode:
    """The notebook with a cell of the student's own after the cell ``after``."""
    for index, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader", {}).get("grade_id") == after:
            notebook.cells.insert(index + 1, new_code_cell(source))
            return notebook
    raise LookupError(after)


@pytest.fixture(scope="session")
def grade(conv_layer: Assignment, server: ForkServer) -> Callable[[NotebookNode], Graded]:
    """Grades a notebook of conv_layer."""
    return lambda notebook: grade_notebook(conv_layer, notebook, Path("notebook.ipynb"), server, "student")


@pytest.fixture(scope="session")
def grade_answer(
    conv_layer: Assignment, grade: Callable[[NotebookNode], Graded]
) -> Callable[[str, str], QuestionResult]:
    """Grades one solution cell's source for one question, with no other question answered."""

    def graded(question: str, source: str) -> QuestionResult:
        result = grade(with_answers(conv_layer, {question: source}, only=True)).result
        return next(verdict for verdict in result.questions if verdict.id == question)

    return graded
