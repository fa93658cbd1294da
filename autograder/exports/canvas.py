"""The marks as a CSV file that Canvas's gradebook imports.

The format is the one that Canvas exports and documents in its Instructor Guide, under "How do I import grades in the
Gradebook?". Canvas looks for a student by ID, then by SIS User ID, then by SIS Login ID, and last by name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from traitlets import Enum, Unicode

from autograder.errors import UsageError
from autograder.exports.cells import harmless, points_text
from autograder.exports.exporter import counted, named
from autograder.exports.lms import LmsExporter, known_as
from autograder.exports.marks import ClassMarks, Person

HEADER = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_POSSIBLE = "    Points Possible"
# Columns with these words are Canvas's own totals, which it does not import.
TOTALS = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
_FIELDS = ("", "id", "email", "lms_user_id")


class CanvasExporter(LmsExporter):
    """``nbgrader export --exporter=autograder.exports.canvas.CanvasExporter --to=canvas.csv``."""

    default_to = "canvas.csv"

    canvas_id = Enum(
        _FIELDS, "lms_user_id", help="What of nbgrader's table of students is Canvas's ID; '' for nothing."
    ).tag(config=True)
    sis_user_id = Enum(_FIELDS, "", help="What of that table is the SIS User ID; '' for nothing.").tag(config=True)
    sis_login_id = Enum(_FIELDS, "id", help="What of that table is the SIS Login ID; '' for nothing.").tag(config=True)
    section = Unicode("", help="The section of all students; Canvas does not look at it.").tag(config=True)

    def identified(self, people: Sequence[Person]) -> Sequence[Person]:
        """Everybody: Canvas still has the name."""
        by = (("SIS User ID", self.sis_user_id), ("SIS Login ID", self.sis_login_id))
        self.require_unlike("ID", {person.id: self._canvas_id(person) for person in people}, _as_number)
        for what, field in by:
            self.require_unlike(what, {person.id: known_as(person, field) for person in people})
        without = [person.id for person in people if not self._canvas_id(person)]
        if without:
            others = [name for name, field in by if field]
            self.log.warning(
                "No Canvas ID is known of %s, whom Canvas matches by %s: %s",
                counted(len(without), "student"),
                ", then ".join([*others, "name"]),
                "everybody" if len(without) == len(people) else named(without),
            )
        return people

    def require_title(self, title: str) -> None:
        """Raises UsageError for a title that Canvas takes for no assignment's."""
        if TOTALS.search(title) or title in HEADER or not title.strip():
            raise UsageError(
                f"Canvas would not take {title!r} for an assignment.",
                "It leaves columns of such a name out when it imports.",
                "Give the column another title: --CanvasExporter.columns ASSIGNMENT='Title (1234)'.",
            )

    def rows(self, marks: ClassMarks, titles: Mapping[str, str]) -> Iterator[Sequence[str]]:
        """The header, the points possible, and a row for each student."""
        yield *HEADER, *titles.values()
        yield POINTS_POSSIBLE, "", "", "", "", *(points_text(marks.assignments[assignment]) for assignment in titles)
        for person in marks.people:
            given = (self.points(marks.marks[person.id, assignment]) for assignment in titles)
            yield (
                harmless(", ".join(part for part in (person.last_name, person.first_name) if part) or person.id),
                self._canvas_id(person),
                known_as(person, self.sis_user_id),
                known_as(person, self.sis_login_id),
                self.section,
                *("" if points is None else points_text(points) for points in given),
            )

    def _canvas_id(self, person: Person) -> str:
        """Canvas reads a number's first digits out of anything, and would find another student by these."""
        number = known_as(person, self.canvas_id)
        return number if re.fullmatch("[0-9]+", number) else ""


def _as_number(digits: str) -> str:
    return digits.lstrip("0") or digits[-1:]
