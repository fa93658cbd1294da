"""Where in a notebook's file the answers stand: JSON read with its positions, which parsed JSON has no more."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.grading.submission import MAX_CELLS, MAX_VALUES, SubmissionUnreadable, read_file
from autograder.json_size import has_more_values
from autograder.report.annotations import Place

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder(strict=False)


def place_of(notebook: Path) -> Place:
    """Where the answers in the file stand. What cannot be read has its first line for all of them."""
    try:
        content = read_file(notebook)
    except SubmissionUnreadable:
        content = b""
    return Place(_within_repository(notebook), answer_lines(content))


def answer_lines(content: bytes) -> dict[str, tuple[int, int]]:
    """The first and the last line, counted from 1, of the source of each cell that nbgrader knows, by its name.

    Empty when the content is no notebook. Of two cells of one name it is the first that is graded, and told of here.
    """
    try:
        if has_more_values(content, MAX_VALUES):
            return {}
        text = content.decode("utf-8-sig")
        lines: dict[str, tuple[int, int]] = {}
        line, counted = 1, 0
        for name, start, end in _sources(text):
            first = line + text.count("\n", counted, start)
            line, counted = first + text.count("\n", start, end), end
            lines.setdefault(name, (first, line))
        return lines
    except (ValueError, RecursionError, IndexError):
        return {}


def _within_repository(notebook: Path) -> str:
    """The path from the root of the repository that the file lies in; the path as it is where it lies in none."""
    path = Path(os.path.abspath(notebook))
    root = next((folder for folder in path.parents if os.path.exists(folder / ".git")), None)
    return str(path.relative_to(root)) if root else str(notebook)


def _sources(text: str) -> Iterator[tuple[str, int, int]]:
    """The names of the cells that have one, and where their sources begin and end."""
    for key, start in _members(text, _after_space(text, 0)):
        if key == "cells":
            for number, cell in enumerate(_elements(text, start)):
                if number == MAX_CELLS:
                    return
                yield from _source(text, cell)


def _source(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    name, source = "", None
    for key, value in _members(text, start):
        if key == "source":
            source = value
        elif key == "metadata":
            name = _name(_DECODER.raw_decode(text, value)[0])
    if name and source is not None:
        end = _DECODER.raw_decode(text, source)[1]
        if text[source] == "[" and text[_after_space(text, source + 1)] != "]":  # a list of lines, without its brackets
            source, end = _after_space(text, source + 1), len(text[source : end - 1].rstrip()) + source
        yield name, source, end


def _name(metadata: Any) -> str:
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else ""


def _members(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The keys of the object that starts here, and where their values start. Raises ValueError if there is none."""
    for place in _parts(text, start, "{", "}"):
        _require(text, place, '"')
        key, end = _DECODER.raw_decode(text, place)
        colon = _after_space(text, end)
        _require(text, colon, ":")
        yield key, _after_space(text, colon + 1)


def _elements(text: str, start: int) -> Iterator[int]:
    """Where the elements of the list that starts here start. Raises ValueError if there is none."""
    return _parts(text, start, "[", "]")


def _parts(text: str, start: int, opening: str, closing: str) -> Iterator[int]:
    _require(text, start, opening)
    place = _after_space(text, start + 1)
    while text[place] != closing:
        yield place
        place = _after_space(text, _end(text, place, opening == "{"))
        if text[place] == ",":
            place = _after_space(text, place + 1)
        else:
            _require(text, place, closing)


def _end(text: str, place: int, with_key: bool) -> int:
    """Where the value that starts here ends; or the value after the key that does."""
    if with_key:
        place = _after_space(text, _after_space(text, _DECODER.raw_decode(text, place)[1]) + 1)
    return _DECODER.raw_decode(text, place)[1]


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    assert found is not None
    return found.end()


def _require(text: str, place: int, character: str) -> None:
    if text[place : place + 1] != character:
        raise ValueError(f"no {character} at {place}")
