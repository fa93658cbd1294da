"""Reads a solution module into cells and understands the markers in their titles.

A solution module is a Python file in jupytext's percent format. The title after `# %%` says what nbgrader should
make of a cell, as `word: name`:

    # %% given: setup                  code or markdown that students see and cannot change
    # %% solution: corr2d              the student's cell, cut between BEGIN SOLUTION and END SOLUTION
    # %% check: corr2d                 where the question of that name is checked and marked
    # %% answer: why_dense [markdown]  a written answer, marked by a person; `points=2` at the end gives it points

A cell without a title is an ordinary cell that students may change or delete.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext

from autograder.errors import AutograderError

WORDS = ("given", "solution", "check", "answer")
MARKER_HELP = (
    "Write `# %% given: NAME`, `# %% solution: NAME`, `# %% check: NAME` or `# %% answer: NAME [markdown]`, "
    "or no title at all for an ordinary cell."
)

_MARKER_LINE = re.compile(r"#\s*%%")
_TITLE = re.compile(r"(?P<word>[^\s:]+)\s*:\s*(?P<name>.*)")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# A notebook cell's id has at most 64 characters, and "check-" goes in front of a question's name.
_LONGEST_NAME = 64 - len("check-")
# What jupytext itself writes into a cell's metadata when it reads a module.
_JUPYTEXT_KEYS = frozenset({"title", "lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_depth"})


class SourceError(AutograderError):
    """A solution module that cannot be made into a notebook; `what` names the file, the line and the marker."""


@dataclass(frozen=True)
class MarkedCell:
    """One cell of a solution module.

    `word` is one of WORDS, or "" for an ordinary cell, whose `name` is "" too. `cell_type` is nbformat's: "code",
    "markdown" or "raw". `place` is for error messages: file, line and marker.
    """

    word: str
    name: str
    cell_type: str
    source: str
    options: Mapping[str, Any]
    place: str


def read_cells(module: Path) -> tuple[MarkedCell, ...]:
    """Return the cells of a solution module, in order.

    Raises SourceError when the file cannot be read, is no Python, has text before its first marker, or has a marker
    that means nothing.
    """
    try:
        text = module.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(
            f"The solution module {module} cannot be read.",
            f"{error.strerror}.",
            "An assignment A is written in source/A/A.py.",
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"The solution module {module} is not UTF-8 text.", f"Byte {error.start} is not.", "Save it as UTF-8."
        ) from error
    _require_python(text, module)
    cells = jupytext.reads(text, fmt="py:percent").cells
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if _MARKER_LINE.match(line)]
    if len(cells) == len(lines) + 1:
        raise SourceError(
            f"{module.name} has text before its first cell marker.",
            f"It begins with {cells[0].source.splitlines()[0]!r} and would reach the students as a cell.",
            "Put `# %%` or `# %% [markdown]` above it, or remove it.",
        )
    # A marker inside a string is no cell; then line numbers would be wrong, and are left out.
    places = [f"{module.name}, line {n}" for n in lines] if len(lines) == len(cells) else [module.name] * len(cells)
    return tuple(_marked(cell, place) for cell, place in zip(cells, places, strict=True))


def _require_python(text: str, module: Path) -> None:
    """Here, where the line is known: to a notebook's cells, what is not defined says nothing of why it is not."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) else ""
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        raise SourceError(
            f"{module.name}{line} is no Python: {said}.",
            "A solution module is plain Python; notebook commands (%, !) are no part of it.",
            "Correct it.",
        ) from error


def _marked(cell: Any, place: str) -> MarkedCell:
    title = str(cell.metadata.get("title", ""))
    options = {key: value for key, value in cell.metadata.items() if key not in _JUPYTEXT_KEYS}
    if not title:
        return _without_options(MarkedCell("", "", cell.cell_type, cell.source, options, place))
    place = f"{place} (`{title}`)"
    match = _TITLE.fullmatch(title)
    if match is None or match["word"] not in WORDS:
        raise SourceError(f"{place}: this marker means nothing.", "Its first word is not known here.", MARKER_HELP)
    word, name = match["word"], match["name"].strip()
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise SourceError(
            f"{place}: {name!r} cannot name a cell.",
            f"A name begins with a letter and has letters, digits and _, at most {_LONGEST_NAME} of them.",
            "Choose another name, for instance `corr2d`.",
        )
    marked = MarkedCell(word, name, cell.cell_type, cell.source, options, place)
    return marked if word == "answer" else _without_options(marked)


def _without_options(cell: MarkedCell) -> MarkedCell:
    if cell.options:
        raise SourceError(
            f"{cell.place}: unknown option {', '.join(sorted(cell.options))}.",
            "Only an `answer` cell takes an option, `points=NUMBER`.",
            "Remove it.",
        )
    return cell
