"""The catalogue of answers: solution cells as students write them, and what their first lines say to expect of each.

An answer is a file ``{right,wrong}/<question>/<name>.py`` in the assignment's folder of the catalogue.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError
from autograder.properties.property import Question

RIGHT_FORMAT = "# right: <what is unusual>[; loses at most <points>]"
WRONG_FORMAT = (
    "# wrong: <what it does>[; is <misconception>, ...]; caught by <property>[, ...][; keeps <property>[, ...]]"
)

_RIGHT = re.compile(r"# right: (?P<says>.+?)(?:; loses at most (?P<points>\d+(?:\.\d+)?))?")
_WRONG = re.compile(
    r"# wrong: (?P<says>.+?)(?:; is (?P<misconceptions>[\w, ]+?))?"
    r"; caught by (?P<caught_by>[\w, ]+?)(?:; keeps (?P<keeps>[\w, ]+))?"
)


class CatalogueFaulty(AutograderError):
    """A file of the catalogue that does not say what to expect of it."""


@dataclass(frozen=True)
class Entry:
    """One answer of the catalogue, and what its first line says of it.

    name: ``right/<question>/<file's name>``. loses_at_most: points that a right answer may lose. misconceptions: names
    of the mistakes that a wrong one makes, any of which a diagnosis may give. caught_by: properties that a wrong one
    must lose; keeps: properties that it must not lose.
    """

    name: str
    question: str
    source: str
    is_right: bool
    says: str
    loses_at_most: float = 0.0
    misconceptions: tuple[str, ...] = ()
    caught_by: frozenset[str] = frozenset()
    keeps: frozenset[str] = frozenset()


def read_catalogue(folder: Path) -> tuple[Entry, ...]:
    """Every answer below ``folder``, sorted by name; none when there is no such folder. Raises CatalogueFaulty."""
    return tuple(_entry(path, folder) for path in sorted(folder.rglob("*.py")))


def require_known(entries: Iterable[Entry], questions: Sequence[Question], folder: Path) -> None:
    """Raises CatalogueFaulty when an entry is of a question, or speaks of a property, that the assignment lacks."""
    properties = {question.id: {item.id for item in question.properties} for question in questions}
    for entry in entries:
        path = folder / f"{entry.name}.py"
        if entry.question not in properties:
            raise CatalogueFaulty(
                f"{path} answers the question {entry.question!r}, which is not asked.",
                f"questions.py defines {', '.join(properties)}.",
                "Move it to the folder of one of these.",
            )
        unknown = sorted((entry.caught_by | entry.keeps) - properties[entry.question])
        if unknown:
            raise CatalogueFaulty(
                f"{path} speaks of {', '.join(unknown)}, which is no property of {entry.question!r}.",
                f"Its properties are {', '.join(sorted(properties[entry.question]))}.",
                "Correct its first line.",
            )


def _entry(path: Path, folder: Path) -> Entry:
    name = path.relative_to(folder).with_suffix("").as_posix()
    parts = name.split("/")
    if len(parts) != 3 or parts[0] not in ("right", "wrong"):
        raise CatalogueFaulty(
            f"{path} is in no question's folder.",
            "A catalogue holds right/<question>/<name>.py and wrong/<question>/<name>.py.",
            "Move it to such a folder, or out of the catalogue.",
        )
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueFaulty(f"{path} cannot be read.", f"{error}.", "Save it as UTF-8 text.") from error
    kind, question, _ = parts
    heading = source.partition("\n")[0].rstrip()
    if kind == "right" and (found := _RIGHT.fullmatch(heading)):
        return Entry(name, question, source, True, found["says"], loses_at_most=float(found["points"] or 0))
    if kind == "wrong" and (found := _WRONG.fullmatch(heading)) and (caught_by := _names(found["caught_by"])):
        return Entry(
            name,
            question,
            source,
            False,
            found["says"],
            misconceptions=_names(found["misconceptions"]),
            caught_by=frozenset(caught_by),
            keeps=frozenset(_names(found["keeps"])),
        )
    raise CatalogueFaulty(
        f"The first line of {path} does not say what to expect of it.",
        f"It is {heading[:200]!r}.",
        f"Write: {RIGHT_FORMAT if kind == 'right' else WRONG_FORMAT}",
    )


def _names(listed: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (listed or "").split(",") if name.strip())
