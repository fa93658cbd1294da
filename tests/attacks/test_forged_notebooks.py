"""Nothing that a submission's file claims about itself counts: metadata, outputs, check cells, kernels."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from autograder.grading.assignment import Assignment
from autograder.grading.grade import grade_notebook
from autograder.grading.submission import merge, read_notebook
from autograder.results import ResultStatus
from autograder.sandbox.forkserver import ForkServer
from tests.attacks.honest import HONEST
from tests.conftest import with_answers

WRONG = "def corr2d(X, K):\n    return X"
SCORE = 9.0  # of the honest answers beside the wrong corr2d


def cell_of(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def tagged(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception", "hide_input"]


def more_points(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata["nbgrader"]["points"] = 1000


def check_cell_as_solution(notebook: NotebookNode) -> None:
    check = cell_of(notebook, "check-corr2d")
    check.metadata["nbgrader"] |= {"solution": True, "locked": False}
    check.source = "10.0"


def solution_as_check_cell(notebook: NotebookNode) -> None:
    cell_of(notebook, "corr2d").metadata["nbgrader"] |= {"grade": True, "points": 10, "grade_id": "check-corr2d"}


def doubled_check_cells(notebook: NotebookNode) -> None:
    check = deepcopy(cell_of(notebook, "check-corr2d"))
    check.source = "10.0"
    for _ in range(3):
        notebook.cells.append(deepcopy(check))


def check_cell_of_another_question(notebook: NotebookNode) -> None:
    cell_of(notebook, "check-corr2d").metadata["nbgrader"]["grade_id"] = "check-edge_kernels"


def no_check_cells(notebook: NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells if not cell.metadata.get("nbgrader", {}).get("grade")]


def check_cell_as_prose(notebook: NotebookNode) -> None:
    check = cell_of(notebook, "check-corr2d")
    check.cell_type = "markdown"
    check.pop("outputs", None)
    check.pop("execution_count", None)


def own_outputs(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("execute_result", data={"text/plain": "10.0"}, execution_count=1)]


def own_check_after_the_last(notebook: NotebookNode) -> None:
    notebook.cells.append(new_code_cell("check = lambda question: 10.0\ncheck('corr2d')"))


def claims_of_the_grader(notebook: NotebookNode) -> None:
    notebook.metadata["autograder_unreadable"] = "as good as graded: 40 points"
    notebook.metadata["kernelspec"] = {"name": "evil", "display_name": "x", "language": "bash"}


def other_kinds_of_metadata(notebook: NotebookNode) -> None:
    others = [None, 7, [], "grade", {"grade_id": {}}, {"grade_id": "check-corr2d "}]
    for number, cell in enumerate(notebook.cells):
        if not cell.metadata.get("nbgrader"):
            cell.metadata["nbgrader"] = others[number % len(others)]


FORGERIES = [
    tagged, more_points, check_cell_as_solution, solution_as_check_cell, doubled_check_cells,
    check_cell_of_another_question, no_check_cells, check_cell_as_prose, own_outputs, own_check_after_the_last,
    claims_of_the_grader, other_kinds_of_metadata,
]  # fmt: skip


@pytest.fixture(scope="session")
def server(attacked: Assignment, workshop: Path) -> Any:
    with ForkServer(preload=attacked.imports) as server:
        yield server


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_forged_notebook_is_worth_its_answers(
    forge: Callable[[NotebookNode], None], attacked: Assignment, server: ForkServer, tmp_path: Path
) -> None:
    notebook = with_answers(attacked, {**HONEST, "corr2d": WRONG})
    forge(notebook)
    path = tmp_path / "conv_layer.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    graded = grade_notebook(attacked, _only_asked(merge(attacked.master, read_notebook(path))), path, server)
    assert graded.result.status is ResultStatus.GRADED
    assert graded.result.max_score == 40
    assert graded.result.score == SCORE
    assert {check.score for check in graded.result.checks if check.question == "corr2d"} == {0.0}
    for cell in graded.notebook.cells:
        metadata = cell.metadata.get("nbgrader", {})
        assert "tags" not in cell.metadata or metadata
        if metadata.get("grade") and cell.cell_type == "code":
            assert cell.source == cell_of(attacked.master, metadata["grade_id"]).source
            assert float(cell.outputs[-1].data["text/plain"]) <= metadata["points"]
    assert "autograder_unreadable" not in graded.notebook.metadata


def _only_asked(notebook: NotebookNode) -> NotebookNode:
    """Without the figures and the questions that nobody answered, which take time and prove nothing here."""
    answered = {"setup", *HONEST, *(f"check-{question}" for question in HONEST)}
    notebook.cells = [
        cell for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") in answered or "lambda question" in cell.source
    ]  # fmt: skip
    return notebook
