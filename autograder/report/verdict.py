"""One result as JSON that gives the very same result back: how verdicts are kept in the course's folder."""

import errno
import json
import math
import os
import stat
from dataclasses import fields, is_dataclass
from pathlib import Path

from autograder.errors import AutograderError
from autograder.report.files import write_atomically
from autograder.report.safe_text import SURROGATE
from autograder.results import CheckResult, CheckStatus, Grid, QuestionResult, Result, ResultStatus

FORMAT = 3
# Far above what grading writes: points and seconds, and bytes of a file.
MOST, MOST_BYTES = 1e6, 64 << 20
_NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
_Kind = type[Result] | type[QuestionResult] | type[CheckResult] | type[Grid]


def dump(result: Result) -> str:
    """``result`` as one line of ASCII. Raises ValueError if a number in it, outside of grids, is not finite."""
    return json.dumps({"format": FORMAT, "result": _packed(result)}, allow_nan=False) + "\n"


def load(text: str) -> Result:
    """The result that ``dump`` made ``text`` of. Raises AutograderError if ``text`` is anything else."""
    try:
        document = json.loads(text)
        if not isinstance(document, dict) or document.keys() != {"format", "result"}:
            raise ValueError("it is not a verdict")
        if document["format"] != FORMAT:
            raise ValueError(f"it has format {document['format']!r}, and this version reads {FORMAT}")
        return _result(document["result"])
    except (ValueError, OverflowError, RecursionError) as error:
        raise _damaged(error) from error


def write_verdict(path: Path, result: Result) -> None:
    """Keep ``result`` at ``path``, whose folder is made if missing. Raises AutograderError if it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(f"The folder {path.parent} cannot be made.", error) from error
    write_atomically(path, dump(result).encode("ascii"))


def read_verdict(path: Path) -> Result:
    """The result that is kept at ``path``. Raises AutograderError if there is none, or none that can be read.

    Follows no link and waits for no pipe.
    """
    try:
        return load(_read(path).decode("ascii"))
    except FileNotFoundError as error:
        raise AutograderError("The submission was left out.", f"No verdict is kept in {path}.") from error
    except UnicodeDecodeError as error:
        raise _damaged("it is not ASCII") from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _damaged("it is a link") from error
        raise _refused(f"The verdict {path} cannot be read.", error) from error


def remove_verdict(path: Path) -> None:
    """Keep none at ``path`` any more. Raises AutograderError if there is one that cannot be removed."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(f"The earlier verdict {path} cannot be removed.", error) from error


def _read(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _damaged("it is a folder, a pipe or a device")
    with open(descriptor, "rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _damaged(f"it has more than {MOST_BYTES >> 20} MiB")
    return content


def _refused(what: str, error: OSError) -> AutograderError:
    return AutograderError(what, f"The system says: {error.strerror}.", "Make the course's folder writable.")


def _damaged(why: object) -> AutograderError:
    return AutograderError(
        "A kept verdict cannot be read.",
        f"The file is damaged or of another version: {why}.",
        "Remove it and grade the submission again.",
    )


def _packed(value: object) -> object:
    """Text with surrogates becomes a list of one escaped text: JSON would join two that are neighbours into one.

    A grid may hold elements that JSON has no number for; these become their names.
    """
    if isinstance(value, Grid):
        rows = [[_named(element) for element in row] for row in value.rows]
        return {"name": _packed(value.name), "rows": rows, "wrong": value.wrong, "window": value.window}
    if is_dataclass(value):
        return {field.name: _packed(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_packed(item) for item in value]
    if isinstance(value, str) and SURROGATE.search(value):
        return [value.encode("unicode_escape").decode("ascii")]
    return value


def _named(element: float) -> float | str:
    return element if math.isfinite(element) else repr(float(element))


def _result(value: object) -> Result:
    known = _record(value, Result)
    if not isinstance(known["questions"], list) or type(known["seed"]) is not int:
        raise ValueError("questions are no list, or the seed is no whole number")
    return Result(
        notebook=_text(known["notebook"]),
        assignment=_text(known["assignment"]),
        student=_text(known["student"]),
        max_score=_amount(known["max_score"]),
        status=ResultStatus(_text(known["status"])),
        seed=known["seed"],
        device=_text(known["device"]),
        duration_s=_amount(known["duration_s"]),
        message=_text(known["message"]),
        questions=tuple(_question(item) for item in known["questions"]),
        isolated=known["isolated"] is True,
    )


def _question(value: object) -> QuestionResult:
    known = _record(value, QuestionResult)
    if not isinstance(known["checks"], list):
        raise ValueError("checks are no list")
    return QuestionResult(_text(known["id"]), tuple(_check(item) for item in known["checks"]))


def _check(value: object) -> CheckResult:
    known = _record(value, CheckResult)
    if not isinstance(known["grids"], list):
        raise ValueError("grids are no list")
    return CheckResult(
        id=_text(known["id"]),
        question=_text(known["question"]),
        property=_text(known["property"]),
        score=_amount(known["score"]),
        max_score=_amount(known["max_score"]),
        status=CheckStatus(_text(known["status"])),
        message=_text(known["message"]),
        counterexample=_text(known["counterexample"]),
        cause=_text(known["cause"]),
        note=_text(known["note"]),
        misconception=_text(known["misconception"]),
        diagnosis=_text(known["diagnosis"]),
        advice=_text(known["advice"]),
        grids=tuple(_grid(item) for item in known["grids"]),
    )


def _grid(value: object) -> Grid:
    known = _record(value, Grid)
    rows, wrong, window = known["rows"], known["wrong"], known["window"]
    if not isinstance(rows, list) or not all(isinstance(row, list) and row for row in rows) or not rows:
        raise ValueError("a grid has no rows")
    if len({len(row) for row in rows}) > 1 or not isinstance(window, list):
        raise ValueError("a grid's rows differ in length, or its window is no list")
    shape = len(rows), len(rows[0])
    return Grid(
        name=_text(known["name"]),
        rows=tuple(tuple(_element(element) for element in row) for row in rows),
        wrong=None if wrong is None else _place(wrong, shape),
        window=tuple(_place(place, shape) for place in window),
    )


def _element(value: object) -> float:
    return _NOT_FINITE[value] if isinstance(value, str) and value in _NOT_FINITE else _number(value)


def _place(value: object, shape: tuple[int, int]) -> tuple[int, int]:
    """A row and a column of a grid of this shape."""
    if isinstance(value, list) and len(value) == 2:
        row, column = value
        if type(row) is int and type(column) is int and 0 <= row < shape[0] and 0 <= column < shape[1]:
            return row, column
    raise ValueError("a place is not in its grid")


def _record(value: object, kind: _Kind) -> dict[str, object]:
    if not isinstance(value, dict) or value.keys() != {field.name for field in fields(kind)}:
        raise ValueError(f"a {kind.__name__} lacks fields or has others")
    return value


def _text(value: object) -> str:
    text = value
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        text = value[0].encode("ascii").decode("unicode_escape")
    if not isinstance(text, str) or _packed(text) != value:
        raise ValueError("a text is no text")
    return text


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("a number is no number")
    return float(value)


def _amount(value: object) -> float:
    """Points, or seconds."""
    number = _number(value)
    if abs(number) > MOST:
        raise ValueError(f"points or seconds are more than {MOST:,.0f}")
    return number
