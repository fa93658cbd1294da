"""Where the answers stand in a notebook's file, as an editor counts its lines."""

import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.places import answer_lines, place_of

ROOT = Path(__file__).resolve().parents[2]
RELEASED = ROOT / "release" / "conv_layer" / "conv_layer.ipynb"


def cell(name: str, *source: str) -> dict:
    return {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": name}}, "source": list(source)}


def test_the_lines_of_every_answer_in_the_released_notebook_are_those_of_its_source() -> None:
    content = RELEASED.read_bytes()
    lines, written = answer_lines(content), content.decode().splitlines()
    cells = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in nbformat.read(RELEASED, as_version=4).cells
        if "nbgrader" in cell.metadata
    }
    assert lines.keys() == cells.keys()
    for name, (first, last) in lines.items():
        told = "".join(json.loads(line.strip().rstrip(",")) for line in written[first - 1 : last])
        assert told == cells[name]


def test_a_source_that_is_one_text_has_one_line() -> None:
    notebook = b'{\n"cells": [\n{"metadata": {"nbgrader": {"grade_id": "q"}},\n"source": "a\\nb"}\n]}'
    assert answer_lines(notebook) == {"q": (4, 4)}


def test_an_empty_source_is_found_too() -> None:
    assert answer_lines(json.dumps({"cells": [cell("q")]}, indent=1).encode())["q"][0] > 1


def test_of_two_cells_of_one_name_the_first_is_told() -> None:
    text = json.dumps({"cells": [cell("q", "first"), cell("q", "second")]}, indent=1)
    ((first, _),) = answer_lines(text.encode()).values()
    assert "first" in text.splitlines()[first - 1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b'{"cells"',
        b'{"cells": 7}',
        b'{"cells": [7]}',
        b'{"cells": [{"source": [}]}',
        b'{"cells": [{"metadata": [], "source": []}]}',
        b'{"cells": [{"metadata": {"nbgrader": 1}, "source": []}]}',
        b'{"cells": [{"metadata": {"nbgrader": {"grade_id": 7}}, "source": []}]}',
        b'{"cells": [' + b"[" * 100_000,
        b'{"x": [' + b"0," * 2_000_000 + b'0], "cells": []}',
        "{}".encode("utf-16"),
        b"\xff",
    ],
    ids=range(14),
)
def test_what_is_no_notebook_has_no_lines(content: bytes) -> None:
    assert answer_lines(content) == {}


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda some: st.lists(some), max_leaves=4)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.lists(st.text(max_size=5), max_size=4)), max_size=5),
    st.dictionaries(st.text(max_size=3), JSON, max_size=3),
    st.sampled_from([None, 0, 1, 3]),
    st.booleans(),
)
def test_every_layout_of_a_notebook_is_read_as_json_reads_it(
    cells: list[tuple[str, list[str]]], others: dict, indent: int | None, sort: bool
) -> None:
    document = {**others, "cells": [{**cell(name, *source), "outputs": [others]} for name, source in cells]}
    text = json.dumps(document, indent=indent, sort_keys=sort)
    lines = answer_lines(text.encode())
    assert lines.keys() == {name for name, _ in cells}
    for name, (first, last) in lines.items():
        source = next(source for other, source in cells if other == name)
        assert 1 <= first <= last <= text.count("\n") + 1
        if indent is not None and source:
            assert json.loads(f"[{''.join(text.splitlines()[first - 1 : last])}]") == source


@given(st.binary(max_size=40), st.integers(0, 400))
def test_a_spoilt_notebook_moves_lines_and_raises_nothing(noise: bytes, place: int) -> None:
    content = json.dumps({"cells": [cell("q", "a", "b"), cell("r", "c")]}, indent=1).encode()
    lines = answer_lines(content[:place] + noise + content[place:])
    assert all(1 <= first <= last for first, last in lines.values())


def test_a_file_is_named_as_its_repository_has_it(tmp_path: Path) -> None:
    (tmp_path / "student" / ".git").mkdir(parents=True)
    notebook = tmp_path / "student" / "week 1" / "conv.ipynb"
    notebook.parent.mkdir()
    nbformat.write(new_notebook(cells=[new_code_cell("x", metadata={"nbgrader": {"grade_id": "q"}})]), notebook)
    place = place_of(notebook)
    assert place.file == "week 1/conv.ipynb"
    assert place.lines["q"][0] > 1


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "link.ipynb").symlink_to(RELEASED)
    assert place_of(tmp_path / "link.ipynb").lines == {}
