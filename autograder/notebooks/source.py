"""Makes the instructor's notebook, with nbgrader's metadata, from a solution module."""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.notebooks.markers import MarkedCell, SourceError, read_cells

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

# nbgrader looks for these words anywhere in a line (ClearSolutions).
_DELIMITER = re.compile(r"(BEGIN|END) SOLUTION")
_CELL_TYPES = {"given": ("code", "markdown"), "solution": ("code",), "check": ("code",), "answer": ("markdown",)}


def source_notebook(module: Path, points: Mapping[str, float]) -> NotebookNode:
    """Return the instructor's notebook for the solution module.

    `points` maps the name of every question to the points its check cell is worth. The notebook depends on the
    module's text and `points` alone: its cell ids are the cells' nbgrader ids, or `cell-NN` for ordinary cells.

    Raises SourceError, naming the line and the marker, when the module and the questions do not fit together.
    """
    cells = read_cells(module)
    for cell in cells:
        _require_cell_type(cell)
        _require_delimiters(cell)
        _require_empty_check(cell)
    _require_unique_ids(cells)
    _require_pairs(cells)
    _require_questions(cells, points, module)
    width = max(2, len(str(len(cells) - 1)))
    notebook: NotebookNode = nbformat.v4.new_notebook(metadata={"kernelspec": dict(KERNELSPEC)})
    notebook.cells = [_notebook_cell(cell, points, f"cell-{n:0{width}}") for n, cell in enumerate(cells)]
    nbformat.validate(notebook)
    return notebook


def notebook_text(notebook: NotebookNode) -> str:
    """Return the notebook as the text of an .ipynb file, always the same for the same notebook."""
    return str(nbformat.writes(notebook, version=nbformat.NO_CONVERT)).rstrip("\n") + "\n"


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write the notebook to `path`, whole or not at all: an interrupted run leaves the old file as it was."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text(notebook_text(notebook), encoding="utf-8", newline="\n")
    os.replace(unfinished, path)


def grade_id(cell: MarkedCell) -> str:
    """Return the id nbgrader knows the cell by, "" for an ordinary cell."""
    return f"check-{cell.name}" if cell.word == "check" else cell.name


def _notebook_cell(cell: MarkedCell, points: Mapping[str, float], plain_id: str) -> NotebookNode:
    source = _check_source(cell) if cell.word == "check" else cell.source
    metadata: dict[str, Any] = {}
    if cell.word == "check":
        # "Run All" in JupyterLab goes on past a cell with this tag, even when the check has found something wrong.
        metadata["tags"] = ["raises-exception"]
    if cell.word:
        metadata["nbgrader"] = _nbgrader_metadata(cell, points)
    make: dict[str, Callable[..., NotebookNode]] = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }
    return make[cell.cell_type](source, id=grade_id(cell) or plain_id, metadata=metadata)


def _check_source(cell: MarkedCell) -> str:
    comments = f"{cell.source.rstrip()}\n" if cell.source.strip() else ""
    return f'{comments}from autograder.check import check\n\ncheck("{cell.name}")'


def _nbgrader_metadata(cell: MarkedCell, points: Mapping[str, float]) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "schema_version": 3,
        "grade": cell.word in ("check", "answer"),
        "grade_id": grade_id(cell),
        "locked": cell.word in ("given", "check"),
        "solution": cell.word in ("solution", "answer"),
        "task": False,
    }
    if cell.word == "check":
        metadata["points"] = _plain_number(points[cell.name])
    if cell.word == "answer":
        metadata["points"] = _plain_number(_answer_points(cell))
    return metadata


def _answer_points(cell: MarkedCell) -> float:
    points = cell.options.get("points", 0)
    is_number = isinstance(points, int | float) and not isinstance(points, bool)
    if set(cell.options) - {"points"} or not is_number or not 0 <= points < float("inf"):
        raise SourceError(
            f"{cell.place}: these options are not understood: {dict(cell.options)}.",
            "An answer cell takes one option, its points, a number of at least 0.",
            f"Write `# %% answer: {cell.name} [markdown] points=2`, or no option for 0 points.",
        )
    return float(points)


def _plain_number(value: float) -> float:
    """10 rather than 10.0, so that the notebook's bytes do not depend on how the points were added up."""
    return int(value) if float(value).is_integer() else float(value)


def _require_cell_type(cell: MarkedCell) -> None:
    allowed = _CELL_TYPES.get(cell.word)
    if allowed and cell.cell_type not in allowed:
        fix = "Add `[markdown]`" if allowed == ("markdown",) else f"Remove `[{cell.cell_type}]`"
        raise SourceError(
            f"{cell.place}: this is a {cell.cell_type} cell.",
            f"A `{cell.word}` cell has to be {' or '.join(allowed)}.",
            f"{fix} after the name.",
        )


def _require_delimiters(cell: MarkedCell) -> None:
    found = _DELIMITER.findall(cell.source)
    if cell.word != "solution":
        if found:
            raise SourceError(
                f"{cell.place}: the words `{found[0]} SOLUTION` stand outside a solution cell.",
                "nbgrader cuts solutions from solution cells only.",
                "Give the cell the title `solution: NAME`, or remove the words.",
            )
        return
    if not found or found != ["BEGIN", "END"] * (len(found) // 2):
        raise SourceError(
            f"{cell.place}: `{BEGIN}` and `{END}` do not come in pairs here.",
            f"They come as {' '.join(found)}." if found else "There is none, so nothing would be left for a student.",
            f"Put `{BEGIN}` above and `{END}` below every part that students have to write.",
        )


def _require_empty_check(cell: MarkedCell) -> None:
    if cell.word == "check" and any(line.strip() and not line.startswith("#") for line in cell.source.splitlines()):
        raise SourceError(
            f"{cell.place}: this check cell has code in it.",
            "The call of the check is written by `build`; only comments are kept.",
            "Move the code to a cell of its own.",
        )


def _require_unique_ids(cells: Sequence[MarkedCell]) -> None:
    first: dict[str, MarkedCell] = {}
    for cell in cells:
        other = first.setdefault(grade_id(cell), cell) if cell.word else cell
        if other is not cell:
            raise SourceError(
                f"{cell.place}: the name {cell.name!r} is already taken.",
                f"It was given at {other.place}.",
                "Give every marked cell a name of its own; only `solution` and `check` share theirs.",
            )


def _require_pairs(cells: Sequence[MarkedCell]) -> None:
    solutions = {cell.name: n for n, cell in enumerate(cells) if cell.word == "solution"}
    checks = {cell.name: n for n, cell in enumerate(cells) if cell.word == "check"}
    for name in _only_in(solutions, checks):
        raise SourceError(
            f"{cells[solutions[name]].place}: this solution is never checked.",
            f"There is no check cell for {name!r}.",
            f"Add `# %% check: {name}` after it.",
        )
    for name in _only_in(checks, solutions):
        raise SourceError(
            f"{cells[checks[name]].place}: this check has no solution.",
            f"There is no solution cell {name!r}.",
            f"Add `# %% solution: {name}` before it.",
        )
    for name, position in checks.items():
        if position < solutions[name]:
            raise SourceError(
                f"{cells[position].place}: this check comes before its solution.",
                "A notebook runs from top to bottom, so there would be nothing to check yet.",
                f"Move it below `# %% solution: {name}`.",
            )


def _require_questions(cells: Sequence[MarkedCell], points: Mapping[str, float], module: Path) -> None:
    checks = {cell.name: cell for cell in cells if cell.word == "check"}
    for name in _only_in(checks, points):
        raise SourceError(
            f"{checks[name].place}: there is no question {name!r}.",
            f"questions.py defines {', '.join(points) or 'none'}.",
            "Define it there, or correct the name.",
        )
    for name in _only_in(points, checks):
        raise SourceError(
            f"questions.py defines the question {name!r}, and {module.name} has no cells for it.",
            "Its points could not be earned.",
            f"Add `# %% solution: {name}` and `# %% check: {name}`, or remove the question.",
        )


def _only_in(these: Iterable[str], those: Iterable[str]) -> list[str]:
    present = set(those)
    return [name for name in these if name not in present]
