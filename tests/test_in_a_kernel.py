"""The released notebook in a real kernel, from a folder that holds the release and nothing else."""

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from tests_support import ROOT, checks, make_course, solve


def executed(notebook: NotebookNode, folder: Path, mode: str | None) -> NotebookNode:
    client = NotebookClient(notebook, timeout=300, allow_errors=True, resources={"metadata": {"path": str(folder)}})
    environment = {name: value for name, value in os.environ.items() if name != "NBGRADER_EXECUTION"}
    if mode:
        environment["NBGRADER_EXECUTION"] = mode
    client.execute(env=environment)
    return notebook


@pytest.fixture(scope="module")
def solutions(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    course = make_course(tmp_path_factory.mktemp("solutions"))
    return nbformat.read(course / "source" / "conv_layer" / "conv_layer.ipynb", as_version=4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "release" / "conv_layer", tmp_path / "conv_layer"))


def test_a_release_solved_by_hand_checks_green(folder: Path, solutions: NotebookNode) -> None:
    notebook = nbformat.read(folder / "conv_layer.ipynb", as_version=4)
    solve(notebook, solutions)
    executed(notebook, folder, None)
    for grade_id, cell in checks(notebook).items():
        texts = [output.data["text/plain"] for output in cell.outputs if output.output_type == "execute_result"]
        assert texts, (grade_id, cell.outputs)
        assert "✗" not in texts[0], texts[0]
        assert "✓" in texts[0]
    errors = [output for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    assert errors == []


def test_validate_shows_a_paragraph_and_no_traceback(folder: Path) -> None:
    notebook = executed(nbformat.read(folder / "conv_layer.ipynb", as_version=4), folder, "validate")
    for cell in checks(notebook).values():
        (error,) = [output for output in cell.outputs if output.output_type == "error"]
        assert error.ename == "CheckFailed"
        assert len(error.traceback) == 1
        assert "0 of" in error.traceback[0]
