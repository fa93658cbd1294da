"""What Canvas and Moodle do with a CSV file of marks, by what they document and by how they behave."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Rows = list[list[str]]


def read_csv(content: bytes) -> Rows:
    """The rows, all of one length. Neither system is given a byte order mark."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    assert not content.startswith(b"\xef\xbb\xbf")
    assert len({len(row) for row in rows}) == 1
    return rows


@dataclass(frozen=True)
class CanvasUser:
    """A student of a Canvas course."""

    id: str
    sis_user_id: str = ""
    login: str = ""
    name: str = ""


def canvas_import(
    content: bytes, users: Sequence[CanvasUser], assignments: Mapping[str, str]
) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """Points possible by assignment, and scores by Canvas ID and assignment. assignments: titles by id.

    An assignment is told by the number in brackets at the end of a column's title, else by the whole title. A student
    is told by ID, else by SIS User ID, else by SIS Login ID, else by name.
    """
    header, *rows = read_csv(content)
    assert header[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    columns = []
    for title in header[5:]:
        numbered = re.fullmatch(r"(.*) \((\d+)\)", title)
        found = [key for key, known in assignments.items() if known == title]
        columns.append(numbered[2] if numbered and numbered[2] in assignments else found[0])
    possible, scores = {}, {}
    for row in rows:
        if "Points Possible" in row[0]:
            possible = dict(zip(columns, map(float, row[5:]), strict=True))
            continue
        user = _canvas_user(row, users)
        for column, cell in zip(columns, row[5:], strict=True):
            if cell:
                assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell)  # else it makes something else of it
                scores[user.id, column] = float(cell)
    return possible, scores


def _canvas_user(row: Sequence[str], users: Sequence[CanvasUser]) -> CanvasUser:
    digits = re.match(r"\d+", row[1])  # the rest of the cell it does not look at
    ways = (
        lambda user: digits is not None and user.id == digits[0],
        lambda user: bool(row[2]) and user.sis_user_id == row[2],
        lambda user: bool(row[3]) and user.login == row[3],
        lambda user: user.name == row[0],
    )
    return next(user for way in ways for user in users if way(user))


NEW = "new"


def moodle_import(
    content: bytes, users: Sequence[Mapping[str, str]], map_from: str, map_to: str, items: Mapping[str, str]
) -> dict[tuple[str, str], float | None]:
    """Grades by username and item; None where a grade is taken away. items: for each column, the item, or NEW.

    The decimal separator is a point. A new item takes an empty cell for 0; a hyphen is no grade. A row whose student
    is not told belongs to the student of the row above.
    """
    header, *rows = read_csv(content)
    grades: dict[tuple[str, str], float | None] = {}
    user = None
    for row in rows:
        cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
        if cells[map_from] not in ("", "0"):
            (user,) = (known for known in users if known[map_to] == cells[map_from])
        assert user is not None
        for column, item in items.items():
            cell, name = cells[column], column if item == NEW else item
            if item == NEW and cell == "":
                grades[user["username"], name] = 0.0
            elif cell in ("", "-"):
                grades[user["username"], name] = None
            else:
                assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell)
                grades[user["username"], name] = float(cell)
    return grades
