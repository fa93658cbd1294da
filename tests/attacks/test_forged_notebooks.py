"""Nothing that a submission's file claims about itself counts: metadata, outputs, check cells, kernels."""

import json
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import reduce
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from autograder.grading.assignment import Assignment
from autograder.grading.grade import grade_notebook
from autograder.grading.submission import SubmissionUnreadable, merge, read_notebook
from autograder.results import Result, ResultStatus
from autograder.sandbox.forkserver import ForkServer
from tests.attacks.conftest import RUNS
from tests.attacks.honest import HONEST
from tests.attacks.table import Row
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
def server(attacked: Assignment) -> Any:
    with ForkServer(preload=attacked.imports) as server:
        yield server


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_forged_notebook_is_worth_its_answers(
    forge: Callable[[NotebookNode], None],
    attacked: Assignment,
    server: ForkServer,
    tmp_path: Path,
    record: Callable[[Row], None],
) -> None:
    notebook = with_answers(attacked, {**HONEST, "corr2d": WRONG})
    forge(notebook)
    path = tmp_path / "conv_layer.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    started = time.monotonic()
    graded = grade_notebook(attacked, _only_asked(merge(attacked.master, read_notebook(path))), path, server)
    record(_row(f"notebook/{forge.__name__}", graded.result, attacked, time.monotonic() - started))
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


def _row(name: str, result: Result, assignment: Assignment, seconds: float) -> Row:
    """What came of a forgery: the wrong answer is worth nothing, and the honest ones beside it keep their marks."""
    got = {question.id: question.score for question in result.questions}
    full = {question.id: question.max_score for question in result.questions if question.id in HONEST}
    expected = dict.fromkeys(got, 0.0) | full | {"corr2d": 0.0}
    disturbed = [question for question in expected if got[question] < expected[question]]
    return Row(name, expected, got, [], disturbed, round(seconds, 3), RUNS * assignment.limits.submission_s)


def _only_asked(notebook: NotebookNode) -> NotebookNode:
    """Without the figures and the questions that nobody answered, which take time and prove nothing here."""
    answered = {"setup", *HONEST, *(f"check-{question}" for question in HONEST)}
    notebook.cells = [
        cell for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") in answered or "lambda question" in cell.source
    ]  # fmt: skip
    return notebook


# What any field may hold instead of what belongs there.
VALUES: dict[str, Any] = {
    "null": None,
    "number": 7,
    "infinity": float("inf"),
    "truth": True,
    "empty text": "",
    "long text": "x" * 200_000,
    "half a character": "\ud800 \x00 \u202e",
    "markup": "</script><script>evil()</script>",
    "path": "../../../etc/passwd",
    "empty list": [],
    "empty object": {},
    "list of anything": [None, 7, "a", [], {}, [[]]],
    "object of anything": {"": None, "a": {"b": []}, "grade_id": "check-corr2d", "cell_type": "code", "cells": []},
    "deep": reduce(lambda inner, _: {"deeper": [inner]}, range(40), {}),
    "many": [{}] * 1900,
}
OF_THE_NOTEBOOK = ("cells", "metadata", "nbformat", "nbformat_minor", "worksheets", "something_else")
OF_A_CELL = (
    "cell_type",
    "id",
    "metadata",
    "source",
    "input",
    "outputs",
    "execution_count",
    "attachments",
    "something_else",
)
OF_ITS_METADATA = ("nbgrader", "tags", "jupyter", "trusted", "collapsed", "slideshow")
OF_NBGRADER = ("grade", "grade_id", "locked", "points", "schema_version", "solution", "task", "cell_type", "checksum")
PATHS = [(name,) for name in OF_THE_NOTEBOOK]
PATHS += [("cells", name) for name in OF_A_CELL]
PATHS += [("cells", "metadata", name) for name in OF_ITS_METADATA]
PATHS += [("cells", "metadata", "nbgrader", name) for name in OF_NBGRADER]

# Without its cells, or without their names, a notebook is not this assignment's.
REFUSED = [("cells", "metadata", "nbgrader", "grade_id")[:length] for length in range(1, 5)]


def holders(document: dict[str, Any], path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The objects that have the field at the end of the path."""
    for cell in document["cells"] if path[0] == "cells" and len(path) > 1 else [{"cells": document}]:
        found = document if len(path) == 1 else cell
        for name in path[1:-1]:
            found = found.setdefault(name, {})
        yield found


def assert_the_masters(merged: NotebookNode, master: NotebookNode) -> None:
    """The cells that count are the master's in all but the answers, and the others claim nothing."""
    nbformat.validate(merged)
    nbformat.writes(merged).encode("utf-8")
    counted = [cell for cell in merged.cells if cell.metadata]
    assert [cell.id for cell in counted] == [cell.id for cell in master.cells if "nbgrader" in cell.metadata]
    for cell, own in zip(counted, (cell for cell in master.cells if "nbgrader" in cell.metadata), strict=True):
        assert cell.metadata == own.metadata
        assert cell.source == own.source or own.metadata.nbgrader.solution
    assert merged.metadata == {"kernelspec": master.metadata.kernelspec}


@pytest.mark.parametrize("path", PATHS, ids=".".join)
def test_a_notebook_with_any_field_forged_is_refused_or_keeps_the_masters_cells(
    path: tuple[str, ...], attacked: Assignment, tmp_path: Path
) -> None:
    master = attacked.master
    honest = json.dumps(
        {**merge(master, master), "cells": [cell for cell in master.cells if "nbgrader" in cell.metadata]}
    )
    file = tmp_path / "conv_layer.ipynb"
    for value in VALUES.values():
        document = json.loads(honest)
        for holder in holders(document, path):
            holder[path[-1]] = value
        file.write_text(json.dumps(document), encoding="utf-8")
        try:
            merged = merge(master, read_notebook(file))
        except SubmissionUnreadable:
            too_long = path[-1] in ("source", "input") and value == VALUES["long text"]
            assert path in REFUSED or too_long
            continue
        assert_the_masters(merged, master)


CELL = '{"cell_type": "code", "source": "x"}'
FILES = {
    "the same key twice": ('{"cells": [], "cells": [' + CELL + '], "nbformat": 4, "nbformat": 3}', 1),
    "no numbers": ('{"cells": [{"cell_type": "code", "source": "x", "execution_count": NaN, "id": -Infinity}]}', 1),
    "a number that is too long": ('{"nbformat": ' + "9" * 5000 + ', "cells": []}', None),
    "a number that is too large": ('{"nbformat": 1e999, "cells": []}', 0),
    "half a character": ('{"cells": [{"cell_type": "code", "source": "\\ud800"}]}', 1),
    "UTF-16": ('{"cells": []}'.encode("utf-16"), None),
    "UTF-32": ('{"cells": []}'.encode("utf-32"), None),
    "a mark of byte order, and another": (b"\xef\xbb\xbf\xef\xbb\xbf{}", None),
    "a NUL before it": ('\0{"cells": []}', None),
    "two documents": ('{"cells": []}{"cells": []}', None),
    "too many cells": ('{"cells": [' + ",".join([CELL] * 100_000) + "]}", None),
    "lists without end": ("[" * 1_000_000, None),
    "objects without end": ('{"a":' * 1_000_000, None),
    "twenty megabytes of spaces": (" " * 20_000_001, None),
    "very many keys": ("{" + ",".join(f'"{key}": 0' for key in range(300_000)) + "}", None),
    "megabytes in one answer": ('{"cells": [{"cell_type": "code", "source": "' + "x" * 19_000_000 + '"}]}', None),
    "script": ("<script>evil()</script>", None),
    "compressed": (b"\x1f\x8b\x08\x00" + bytes(100), None),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_any_content_is_refused_or_has_the_cells_that_it_shows(kind: str, tmp_path: Path) -> None:
    content, cells = FILES[kind]
    file = tmp_path / "conv_layer.ipynb"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    if cells is None:
        with pytest.raises(SubmissionUnreadable):
            read_notebook(file)
    else:
        assert len(read_notebook(file).cells) == cells
