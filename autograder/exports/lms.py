"""What the exporters to learning management systems share: which mark goes into a cell, and what is warned of."""

from abc import abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from nbgrader.api import Gradebook
from traitlets import Bool, Dict, Unicode

from autograder.errors import UsageError
from autograder.exports.cells import csv_bytes
from autograder.exports.exporter import Exporter, counted, named
from autograder.exports.marks import ClassMarks, Mark, Person, Standing, assignments_of, class_marks, people_of
from autograder.report.safe_text import encodable, one_line

REASON_LIMIT = 160


def known_as(person: Person, field: str) -> str:
    """What nbgrader's table has in a field, as it is written for a system; empty for no field."""
    return encodable(getattr(person, field).strip()) if field else ""


class LmsExporter(Exporter):
    """A CSV file of marks with a row for each student and a column for each assignment."""

    columns = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="The title of each assignment's column, by nbgrader's name for the assignment; else that name.",
    ).tag(config=True)
    zero_for_missing = Bool(
        False, help="Write 0 for a student who has handed in nothing, where no mark would be written."
    ).tag(config=True)
    hold_back_awaiting = Bool(
        False, help="Write no mark while answers of the submission wait for points given by hand."
    ).tag(config=True)

    def content(
        self, gradebook: Gradebook, people: Sequence[Person], assignments: Mapping[str, float], path: Path
    ) -> bytes:
        """The file, as CSV."""
        titles = self._titles(assignments_of(gradebook), assignments)
        people = self.identified(people)
        marks = class_marks(gradebook, self.course, people, assignments)
        self._warn(marks)
        self._warn_of_strangers(gradebook, assignments)
        return csv_bytes(self.rows(marks, titles))

    @abstractmethod
    def identified(self, people: Sequence[Person]) -> Sequence[Person]:
        """Those whom the system can tell by what is known of them. Raises UsageError if it is nobody."""

    @abstractmethod
    def rows(self, marks: ClassMarks, titles: Mapping[str, str]) -> Iterable[Sequence[str]]:
        """The file's rows, its header first. titles: of the assignments' columns."""

    @abstractmethod
    def require_title(self, title: str) -> None:
        """Raises UsageError for a column's title that the system would misunderstand."""

    def points(self, mark: Mark) -> float | None:
        """The points to write; None for none."""
        if mark.standing is Standing.NOTHING:
            return 0.0 if self.zero_for_missing else None
        if mark.standing is Standing.AWAITING and self.hold_back_awaiting:
            return None
        return mark.points

    def require_unlike(self, what: str, ids: Mapping[str, str], as_read: Callable[[str], str] = str.casefold) -> None:
        """Raises UsageError when the system may read the ids of two students as the same. ids: by student."""
        students = defaultdict(list)
        for student, known_as in ids.items():
            students[as_read(known_as)].append(student)
        for read, same in students.items():
            if read and len(same) > 1:
                raise UsageError(
                    f"{named(same)} have the same {what}, {named(sorted({ids[student] for student in same}))}.",
                    "The marks of one would be given to the other.",
                    "Correct nbgrader's table of students: nbgrader db student add ID --lms-user-id=... --email=...",
                )

    def _titles(self, known: Mapping[str, float], assignments: Mapping[str, float]) -> dict[str, str]:
        unknown = sorted(self.columns.keys() - known.keys())
        if unknown:
            raise UsageError(
                f"{type(self).__name__}.columns names {named(unknown)}, which the gradebook does not have.",
                f"It has {named(sorted(known))}.",
                "Name the assignments as nbgrader does.",
            )
        titles = {assignment: self.columns.get(assignment, assignment) for assignment in assignments}
        for title, count in Counter(titles.values()).items():
            if count > 1:
                raise UsageError(f"Two columns would have the title {title}.", "", "Give each a title of its own.")
            self.require_title(title)
        return titles

    def _warn(self, marks: ClassMarks) -> None:
        for assignment in marks.assignments:
            whose: defaultdict[Standing, dict[str, Mark]] = defaultdict(dict)
            for person in marks.people:
                mark = marks.marks[person.id, assignment]
                whose[mark.standing][person.id] = mark
            self._warn_of(assignment, whose)
            graded = whose[Standing.GRADED] | whose[Standing.AWAITING]
            elsewhere = [student for student, mark in graded.items() if not mark.kept]
            if elsewhere and self.course.verdict(assignment, "").parent.is_dir():  # else all were graded elsewhere
                self.log.warning(
                    "%s: no verdict is kept here for %s, whose mark is in the gradebook: their last grading has not "
                    "ended well, or was elsewhere. Grade them again to be sure: %s",
                    assignment, counted(len(elsewhere), "student"), named(elsewhere),
                )  # fmt: skip

    def _warn_of_strangers(self, gradebook: Gradebook, assignments: Iterable[str]) -> None:
        known = {person.id for person in people_of(gradebook)}
        for assignment in assignments:
            strangers = [student for student in self.course.submitted(assignment) if student not in known]
            if strangers:
                self.log.warning(
                    "%s: %s of students whom the gradebook does not know yet, and who are not in the file: %s",
                    assignment, counted(len(strangers), "submission"), named(strangers),
                )  # fmt: skip

    def _warn_of(self, assignment: str, whose: Mapping[Standing, Mapping[str, Mark]]) -> None:
        ungraded = whose[Standing.UNGRADED]
        if ungraded:
            why = [f"{student} ({one_line(mark.reason, REASON_LIMIT)})" for student, mark in ungraded.items()]
            self.log.warning(
                "%s: %s that could not be graded, without a mark in the file: %s",
                assignment, counted(len(ungraded), "submission"), named(why),
            )  # fmt: skip
        not_yet = whose[Standing.NOT_YET]
        if not_yet:
            self.log.warning(
                "%s: %s not graded yet, without a mark in the file: %s",
                assignment, counted(len(not_yet), "submission"), named(not_yet),
            )  # fmt: skip
        awaiting = whose[Standing.AWAITING]
        if awaiting:
            what = "without a mark" if self.hold_back_awaiting else "with the points so far"
            self.log.warning(
                "%s: %s with answers that wait for points by hand, %s in the file: %s",
                assignment, counted(len(awaiting), "submission"), what, named(awaiting),
            )  # fmt: skip
        nothing = whose[Standing.NOTHING]
        if nothing:
            what = "0" if self.zero_for_missing else "no mark"
            self.log.info(
                "%s: %s handed in nothing: %s in the file", assignment, counted(len(nothing), "student"), what
            )
