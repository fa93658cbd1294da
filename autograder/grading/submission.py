"""Reads a submission without trusting it, and takes from it only what a student may write."""

import base64
import binascii
import json
import os
import re
import stat
from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.errors import AutograderError
from autograder.json_size import has_more_values

MAX_NOTEBOOK_BYTES = 20_000_000
MAX_CELLS = 2000
# Once read, lists and dictionaries take a hundred times the memory of their text.
MAX_VALUES = 1_000_000
# Code is parsed as well, which takes more time for its length than all else here.
MAX_CODE_CHARACTERS = 500_000
MAX_ATTACHMENT_BYTES = 2_000_000
# Deeper than any notebook that Jupyter writes, and shallow enough for Python's recursion limit.
MAX_DEPTH = 100
# What a message tells of the cells in a notebook.
MAX_NAMES, MAX_NAME_CHARACTERS = 4, 24

_CELL_TYPES = ("code", "markdown", "raw")
_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ATTACHMENT_NAME = re.compile(r"[\w .()+-]{1,200}")
_IMAGE_STARTS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}
_RESUBMIT = "Open it in JupyterLab, save it, and hand it in again."


class SubmissionUnreadable(AutograderError):
    """A file that cannot be read as a notebook: its submission is worth 0, and the others are not touched."""


def read_notebook(path: Path) -> NotebookNode:
    """Return the notebook in the file `path` as nbformat 4.5, whatever format it has.

    Reads at most MAX_NOTEBOOK_BYTES and follows no link. Raises SubmissionUnreadable, with a sentence for the student.
    """
    return parse_notebook(read_file(path), path.name)


def parse_notebook(content: bytes, name: str) -> NotebookNode:
    """Return the notebook with this content as nbformat 4.5, whatever format it has; `name` is for messages.

    Every cell has a `cell_type`, a `source` string and a `metadata` dictionary; outputs are left out; nothing in
    the metadata has been checked. Raises SubmissionUnreadable, with a sentence for the student.
    """
    data = _parse(content, name)
    if not isinstance(data, dict):
        raise SubmissionUnreadable(f"{name} is not a notebook.", "Its JSON is not an object.", _RESUBMIT)
    if not isinstance(data.get("cells"), list) and not isinstance(data.get("worksheets"), list):
        raise SubmissionUnreadable(f"{name} is not a notebook.", "It has no list of cells.", _RESUBMIT)
    cells = list(_cells(data))
    if len(cells) > MAX_CELLS:
        raise SubmissionUnreadable(
            f"{name} has {len(cells)} cells.",
            f"At most {MAX_CELLS} are read.",
            "Delete the cells that you do not need and hand it in again.",
        )
    code_characters = sum(len(cell.source) for cell in cells if cell.cell_type == "code")
    if code_characters > MAX_CODE_CHARACTERS:
        raise SubmissionUnreadable(
            f"{name} has {code_characters} characters of code.",
            f"At most {MAX_CODE_CHARACTERS} are read.",
            "Keep data in files beside the notebook, and hand it in again.",
        )
    metadata = data.get("metadata")
    return _notebook(cells, metadata if isinstance(metadata, dict) else {})


def merge(master: NotebookNode, submission: NotebookNode) -> NotebookNode:
    """Return the notebook to grade: the master, with what the student wrote in the places that are theirs.

    `master` is the release notebook. Its nbgrader cells, in its order, are the skeleton. Solution cells and written
    answers get the source of the submission's first cell with their grade_id and cell type; a missing one keeps the
    stub. All else in the skeleton is the master's, metadata and order included. Cells of the student's own are kept
    after the nbgrader cell that they followed, so helpers still run before the solutions that use them; they carry
    no metadata. Outputs are left out. The result is valid nbformat 4.5, whatever the submission holds.

    Raises SubmissionUnreadable when the submission has none of the places that are the student's: a mark of 0 would
    look as if somebody had tried and failed.
    """
    skeleton = {grade_id(cell): cell for cell in master.cells if grade_id(cell)}
    _require_a_place_of(skeleton, submission)
    answers: dict[str, NotebookNode] = {}
    own_cells: dict[str, list[NotebookNode]] = defaultdict(list)
    passed: set[str] = set()
    last = ""
    for cell in _cells(submission):
        name = grade_id(cell)
        if name in skeleton and name not in passed:
            passed.add(name)
            last = name
        if name not in skeleton:
            own_cells[last].append(_own_cell(cell))
        elif _is_writable(skeleton[name]):
            if name not in answers and cell.cell_type == skeleton[name].cell_type:
                answers[name] = cell
            else:
                own_cells[last].append(_own_cell(cell))
    cells = list(own_cells[""])
    for name, cell in skeleton.items():
        cells += [_skeleton_cell(cell, answers.get(name)), *own_cells[name]]
    _give_ids(cells, reserved={cell.get("id") for cell in skeleton.values()})
    kernelspec = {key: deepcopy(value) for key, value in master.metadata.items() if key == "kernelspec"}
    return _notebook(cells, kernelspec)


def grade_id(cell: Mapping[str, Any]) -> str:
    """nbgrader's name for a cell of a notebook that was read here; empty for a cell that has none."""
    metadata = cell["metadata"].get("nbgrader")
    name = metadata.get("grade_id") if isinstance(metadata, Mapping) else None
    return name if isinstance(name, str) else ""


def _notebook(cells: list[NotebookNode], metadata: dict[str, Any]) -> NotebookNode:
    notebook: NotebookNode = nbformat.from_dict(
        {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    )
    return notebook


def read_file(path: Path) -> bytes:
    """Return the content of a regular file of at most MAX_NOTEBOOK_BYTES; follows no link and waits for no pipe.

    Raises SubmissionUnreadable, with a sentence for the student.
    """
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        why = "It is a link." if path.is_symlink() else f"{getattr(error, 'strerror', None) or error}."
        raise SubmissionUnreadable(f"{path.name} cannot be opened.", why, "Hand in the notebook itself.") from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise SubmissionUnreadable(f"{path.name} is not a file.", "It is a folder, a pipe or a device.", _RESUBMIT)
    with open(descriptor, "rb") as file:
        content = file.read(MAX_NOTEBOOK_BYTES + 1)
    if len(content) > MAX_NOTEBOOK_BYTES:
        raise SubmissionUnreadable(
            f"{path.name} is too large: {max(status.st_size, len(content)) / 1e6:.1f} MB.",
            f"At most {MAX_NOTEBOOK_BYTES // 1_000_000} MB are read.",
            "Clear the outputs (Edit, Clear Outputs of All Cells), save it, and hand it in again.",
        )
    return content


def _parse(content: bytes, name: str) -> Any:
    if has_more_values(content, MAX_VALUES):
        raise SubmissionUnreadable(
            f"{name} holds too much data.",
            f"At most {MAX_VALUES} numbers, texts and lists are read.",
            "Clear the outputs (Edit, Clear Outputs of All Cells), save it, and hand it in again.",
        )
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SubmissionUnreadable(f"{name} is not a notebook.", "It is not UTF-8 text.", _RESUBMIT) from error
    except RecursionError as error:
        raise _too_deep(name) from error
    except ValueError as error:
        why = "The file is empty." if not content.strip() else f"It is not JSON: {error}."
        raise SubmissionUnreadable(f"{name} is not a notebook.", why, _RESUBMIT) from error
    level = [data]
    for _ in range(MAX_DEPTH):
        level = [child for item in level for child in _children(item)]
        if not level:
            return data
    raise _too_deep(name)


def _children(item: Any) -> Iterator[Any]:
    values = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    return (value for value in values if isinstance(value, dict | list))


def _too_deep(name: str) -> SubmissionUnreadable:
    return SubmissionUnreadable(
        f"{name} is not a notebook.", f"Its JSON is nested more than {MAX_DEPTH} levels deep.", _RESUBMIT
    )


def _cells(notebook: Mapping[str, Any]) -> Iterator[NotebookNode]:
    """The notebook's cells, those of nbformat 3 and older included; whatever is no cell is left out."""
    groups = [notebook]
    if not isinstance(notebook.get("cells"), list) and isinstance(notebook.get("worksheets"), list):
        groups = [sheet for sheet in notebook["worksheets"] if isinstance(sheet, Mapping)]
    for group in groups:
        cells = group.get("cells")
        for cell in cells if isinstance(cells, list) else ():
            if isinstance(cell, Mapping):
                yield _cell(cell)


def _cell(cell: Mapping[str, Any]) -> NotebookNode:
    kind = cell.get("cell_type")
    if kind in ("heading", "html"):  # nbformat 3
        kind = "markdown"
    # A type that nobody knows is kept as text, and never run.
    kind = kind if isinstance(kind, str) and kind in _CELL_TYPES else "raw"
    source = cell.get("source", cell.get("input"))  # "input" is nbformat 3's
    metadata = cell["metadata"] if isinstance(cell.get("metadata"), Mapping) else {}
    node = NotebookNode(cell_type=kind, metadata=metadata, source=_text(source))
    if isinstance(cell.get("id"), str):
        node["id"] = cell["id"]
    if kind == "code":
        node.update(execution_count=None, outputs=[])
    elif isinstance(cell.get("attachments"), Mapping):
        node["attachments"] = cell["attachments"]
    return node


def _text(source: Any) -> str:
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    # JSON can hold half of a surrogate pair, which no file can.
    return source.encode("utf-8", "replace").decode("utf-8") if isinstance(source, str) else ""


def _is_writable(master_cell: NotebookNode) -> bool:
    return bool(master_cell.metadata.nbgrader.get("solution"))


def _require_a_place_of(skeleton: Mapping[str, NotebookNode], submission: Mapping[str, Any]) -> None:
    """Raise SubmissionUnreadable where the skeleton has cells for answers, and the submission none of these."""
    wanted = [name for name, cell in skeleton.items() if _is_writable(cell)]
    names = {grade_id(cell): cell["metadata"]["nbgrader"] for cell in _cells(submission) if grade_id(cell)}
    if not wanted or not names.keys().isdisjoint(wanted):
        return
    others = [name for name, marks in names.items() if marks.get("solution")]
    instead = f"the cells for answers are {_named(others)}" if others else "there are no cells for answers"
    raise SubmissionUnreadable(
        "This is not the notebook of this assignment.",
        f"Answers to it stand in the cells {_named(wanted)}; here {instead}.",
        "Hand in the notebook that came with the assignment, with your answers in its own cells: a new notebook does "
        "not have them, and some programs drop the marks they are known by.",
    )


def _named(names: list[str]) -> str:
    """The first of the names, each cut short and without anything that could not be printed."""
    shown = ", ".join(repr(name[:MAX_NAME_CHARACTERS])[1:-1] for name in names[:MAX_NAMES])
    return shown if len(names) <= MAX_NAMES else f"{shown} and {len(names) - MAX_NAMES} more"


def _skeleton_cell(master_cell: NotebookNode, answer: NotebookNode | None) -> NotebookNode:
    cell = deepcopy(master_cell)
    if cell.cell_type == "code":
        cell.update(execution_count=None, outputs=[])
    if answer is not None:
        cell["source"] = answer.source
        cell.pop("attachments", None)
        cell.update(_images(answer))
    return cell


def _own_cell(cell: NotebookNode) -> NotebookNode:
    own = NotebookNode(cell_type=cell.cell_type, metadata=NotebookNode(), source=cell.source)
    if cell.cell_type == "code":
        own.update(execution_count=None, outputs=[])
    if _CELL_ID.fullmatch(cell.get("id", "")):
        own["id"] = cell["id"]
    own.update(_images(cell))
    return own


def _images(cell: NotebookNode) -> dict[str, NotebookNode]:
    """The pictures pasted into a markdown cell, as its `attachments`; anything else attached is left out."""
    if cell.cell_type != "markdown":
        return {}
    attachments: dict[str, dict[str, str]] = {}
    for name, bundle in cell.get("attachments", {}).items():
        if isinstance(name, str) and _ATTACHMENT_NAME.fullmatch(name) and isinstance(bundle, Mapping):
            images = {mime: _text(bundle[mime]) for mime in _IMAGE_STARTS if mime in bundle}
            images = {mime: data for mime, data in images.items() if _is_image(mime, data)}
            attachments |= {name: images} if images else {}
    return {"attachments": nbformat.from_dict(attachments)} if attachments else {}


def _is_image(mime: str, data: str) -> bool:
    if len(data) > MAX_ATTACHMENT_BYTES * 3 // 2:
        return False
    try:
        image = base64.b64decode(data.replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(image) <= MAX_ATTACHMENT_BYTES and image.startswith(_IMAGE_STARTS[mime])


def _give_ids(cells: list[NotebookNode], reserved: set[str | None]) -> None:
    """Give every cell an id of its own: the skeleton keeps the master's, a student's cell its own where it can."""
    taken = set(reserved)
    fresh = 0
    for cell in cells:
        if grade_id(cell) and cell.get("id"):
            continue
        if cell.get("id") in taken or not cell.get("id"):
            while (candidate := f"added-{fresh:04}") in taken:
                fresh += 1
            cell["id"] = candidate
        taken.add(cell["id"])
