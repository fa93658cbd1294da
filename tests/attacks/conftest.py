"""One assignment with few examples, one fork server for all attacks, and a watch on what is left behind."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
import torch
from nbformat import NotebookNode

from autograder.grading.assignment import Assignment
from autograder.grading.grade import Graded, grade_notebook
from autograder.properties.examples import draw
from autograder.properties.limits import SubmissionLimits
from autograder.sandbox.forkserver import ForkServer
from tests.attacks.table import Row

EXAMPLES = 12
# A submission is run twice where questions forbid something, each time for as long as a submission may take.
RUNS = 2
Grade = Callable[[NotebookNode], Graded]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Attacks are graded without measuring coverage, which takes time and shows nothing new."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture
def record(record_property: Callable[[str, object], None]) -> Callable[[Row], None]:
    """Takes what came of an attack for the table at the end, whichever process the test runs in."""
    return lambda row: record_property("attack", row.as_json())


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads of the judge's tiny convolutions would fight with the workers for the cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def attacked(conv_layer: Assignment) -> Assignment:
    """The assignment with a few examples of each property, enough to tell right from wrong."""
    drawn = {
        question: tuple(draw(one.property, one.seed, min(EXAMPLES, one.property.examples)) for one in properties)
        for question, properties in conv_layer.drawn.items()
    }
    return replace(conv_layer, drawn=drawn, limits=SubmissionLimits(cell_s=5))


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which fork servers work; folders of workers are below it."""
    folder = tmp_path_factory.mktemp("workshop")
    folder.chmod(0o711)
    folder.parent.chmod(folder.parent.stat().st_mode | 0o011)
    return folder


def _grader(assignment: Assignment, server: ForkServer, workshop: Path) -> Grade:
    def grade(notebook: NotebookNode) -> Graded:
        with mock.patch.object(tempfile, "tempdir", str(workshop)):
            return grade_notebook(assignment, notebook, Path("notebook.ipynb"), server, "student")

    return grade


@pytest.fixture(scope="session")
def grade_attack(attacked: Assignment, workshop: Path) -> Iterator[Grade]:
    """Grades with the one fork server that serves all attacks."""
    with ForkServer(preload=attacked.imports) as server:
        yield _grader(attacked, server, workshop)


@pytest.fixture(scope="session")
def grade_unconfined(attacked: Assignment, workshop: Path) -> Iterator[Grade]:
    """Grades without any protection."""
    with ForkServer(preload=attacked.imports, isolate=False) as server:
        yield _grader(attacked, server, workshop)
