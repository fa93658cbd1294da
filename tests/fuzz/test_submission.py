"""Whatever is handed in: unreadable, said in a sentence, or a valid notebook with the master's cells in it."""

import json
import tempfile
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.grading.submission import SubmissionUnreadable, merge, read_notebook
from tests.fuzz.material import any_of, examples, json_values, texts

RELEASE = Path(__file__).resolve().parents[2] / "release" / "conv_layer" / "conv_layer.ipynb"
LONGEST_MESSAGE = 500
# What a cell of the student's takes beside its text: the names of its fields, and an id.
EMPTY_CELL_BYTES = 200


@cache
def master() -> NotebookNode:
    """The released notebook as far as its second question, and its last written answer."""
    notebook = read_notebook(RELEASE)
    checks = [i for i, cell in enumerate(notebook.cells) if str(name_of(cell)).startswith("check-")]
    written = [cell for cell in notebook.cells if cell.cell_type == "markdown" and name_of(cell)]
    notebook.cells = notebook.cells[: checks[1] + 2] + written[-1:]
    return notebook


def name_of(cell: dict[str, Any]) -> str | None:
    name: str | None = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return name


def read(content: bytes) -> NotebookNode | None:
    """The notebook in a file of this content; None if it is said, in a sentence, that it cannot be read."""
    with tempfile.NamedTemporaryFile(suffix=".ipynb") as file:
        file.write(content)
        file.flush()
        try:
            return read_notebook(Path(file.name))
        except SubmissionUnreadable as unreadable:
            told = str(unreadable)
    assert 0 < len(told) < LONGEST_MESSAGE
    told.encode("utf-8")
    return None


def check_merged(submission: NotebookNode, content_bytes: int) -> None:
    """The claims about every notebook that is graded."""
    give_a_place_for_answers(submission)
    before = deepcopy(submission)
    merged = merge(master(), submission)
    assert submission == before
    nbformat.validate(merged)
    assert len({cell["id"] for cell in merged.cells}) == len(merged.cells)
    assert merged.metadata == {"kernelspec": master().metadata["kernelspec"]}
    skeleton = [cell for cell in master().cells if name_of(cell)]
    assert [without_answer(cell) for cell in merged.cells if name_of(cell)] == [*map(without_answer, skeleton)]
    for cell in merged.cells:
        if not name_of(cell):
            assert cell.metadata == {}
            assert cell.cell_type != "code" or (cell.outputs, cell.execution_count) == ([], None)
    assert merge(master(), merged) == merged
    written = nbformat.writes(merged).encode("utf-8")
    # JSON may write in one byte what JSON with escapes takes six for, but here texts are written as they are.
    most = len(nbformat.writes(master()).encode()) + 3 * content_bytes + EMPTY_CELL_BYTES * len(merged.cells)
    assert len(written) <= most


def give_a_place_for_answers(submission: NotebookNode) -> None:
    """A notebook that has none is refused in a sentence; so that there is more to claim about it, it gets one."""
    try:
        merge(master(), submission)
    except SubmissionUnreadable as refused:
        told = str(refused)
    else:
        return
    assert told.isprintable()
    assert len(told) < LONGEST_MESSAGE
    place = next(cell for cell in master().cells if name_of(cell) and cell.metadata.nbgrader.solution)
    submission.cells.append(deepcopy(place))


def without_answer(cell: NotebookNode) -> dict[str, Any]:
    """A cell of the skeleton, but for what a student may write in it."""
    kept = deepcopy(dict(cell))
    if cell.metadata.nbgrader.get("solution"):
        del kept["source"]
        kept.pop("attachments", None)
    return kept


# ------------------------------------------------------------------------------------------------------ any content

cell_fields: dict[str, st.SearchStrategy[Any]] = {
    "cell_type": any_of("code", "markdown", "raw", "heading", "html", "Code"),
    "metadata": any_of(
        {}, {"nbgrader": {}}, {"nbgrader": 1}, {"nbgrader": {"grade_id": []}}, {"nbgrader": {"grade_id": "setup"}}
    ),
    "source": any_of(texts, st.lists(any_of(texts), max_size=3)),
    "input": any_of(texts),
    "id": any_of("a", "setup", "added-0000", "a b", "x" * 65),
    "outputs": json_values,
    "attachments": any_of({"a.png": {"image/png": "iVBORw0KGgo="}}, {"a": {"text/html": "<b>"}}),
}
notebooks = st.fixed_dictionaries(
    {},
    optional={
        "cells": any_of(st.lists(any_of(st.fixed_dictionaries({}, optional=cell_fields)), max_size=4)),
        "worksheets": any_of(st.just([{"cells": [{"cell_type": "code", "input": "x"}]}, {"cells": {}}, 1])),
        "metadata": json_values,
        "nbformat": any_of(3, 4),
        "nbformat_minor": any_of(0, 5),
    },
)
NOTEBOOK_PIECES = (
    b'{"cells":', b"[", b"]", b"{", b"}", b",", b'"cell_type":"code"', b'"source":"x"', b'"\\ud800"', b"NaN", b"1e999",
    b"-", b"9" * 5000, b"\xef\xbb\xbf", b"\xff", b"\x00", b'"metadata":', b"[" * 200, b"[" * 5000,
)  # fmt: skip


@examples(200)
@given(content=st.binary(max_size=100) | st.lists(st.sampled_from(NOTEBOOK_PIECES), max_size=10).map(b"".join))
def test_any_bytes_are_a_notebook_or_unreadable(content: bytes) -> None:
    notebook = read(content)
    if notebook is not None:
        check_merged(notebook, len(content))


@examples(150)
@given(document=any_of(notebooks), escaped=st.booleans())
def test_any_json_is_a_notebook_or_unreadable(document: Any, escaped: bool) -> None:
    content = json.dumps(document, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    notebook = read(content)
    if notebook is not None:
        check_merged(notebook, len(content))


# --------------------------------------------------------------------------------- a released notebook, tampered with

indices = st.integers(0, 60)
changes = st.tuples(
    st.sampled_from(["replace", "replace", "delete", "double", "swap", "add"]),
    st.lists(indices, min_size=1, max_size=6),
    indices,
    any_of(texts, "code", "markdown", True, {}, "check-corr2d", "corr2d", {"nbgrader": {"grade_id": "corr2d"}}),
)


def changed(document: Any, change: tuple[str, list[int], int, Any]) -> None:
    """Makes one change to a place in ``document``, to which the numbers of ``change`` lead."""
    kind, path, other, value = change
    holder = document
    for step in path[:-1]:
        inner = holder[_key(holder, step)]
        holder = inner if isinstance(inner, (dict, list)) and inner else holder
    first, second = _key(holder, path[-1]), _key(holder, other)
    if kind == "replace":
        holder[first] = deepcopy(value)
    elif kind == "delete" and len(holder) > 1:
        del holder[first]
    elif kind == "swap":
        holder[first], holder[second] = holder[second], holder[first]
    elif isinstance(holder, list):
        holder.insert(second, deepcopy(holder[first] if kind == "double" else value))
    else:
        holder[str(value) if kind == "add" else second] = deepcopy(holder[first])


def _key(holder: Any, number: int) -> Any:
    keys = list(holder) if isinstance(holder, dict) else range(len(holder))
    return keys[number % len(keys)]


@examples(150)
@given(steps=st.lists(changes, max_size=6))
def test_a_released_notebook_tampered_with_is_merged_into_the_master(
    steps: list[tuple[str, list[int], int, Any]],
) -> None:
    document = json.loads(nbformat.writes(master()))
    for step in steps:
        changed(document, step)
    content = json.dumps(document, allow_nan=True).encode("utf-8", "surrogatepass")
    notebook = read(content)
    if notebook is not None:
        check_merged(notebook, len(content))
