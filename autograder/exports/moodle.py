"""The marks as a CSV file that Moodle's grade import takes: https://docs.moodle.org/en/Grade_import.

Whoever imports it says which column tells the students and which grade item each other column is for. Two of Moodle's
habits shape the file. It gives a row that tells no student to the student of the row above: so there is one column
that tells students, and nobody is in the file for whom it is empty. And it takes an empty cell of a new grade item for
a 0: so a cell without a mark has a hyphen, as in Moodle's own exports.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from traitlets import Bool, Enum

from autograder.errors import AutograderError, UsageError
from autograder.exports.cells import FORMULA, harmless, points_text
from autograder.exports.exporter import counted, named
from autograder.exports.lms import LmsExporter, known_as
from autograder.exports.marks import ClassMarks, Mark, Person
from autograder.report.content import failing, points_of
from autograder.report.safe_text import one_line, shorten
from autograder.report.verdict import read_verdict
from autograder.results import QuestionResult

NO_MARK = "-"
# The name of a column, and what of nbgrader's table of students is in it
_TELLS = {"username": ("Username", "id"), "email": ("Email address", "email"), "idnumber": ("ID number", "lms_user_id")}
_EMPTY = ("", "0")  # PHP takes both for empty
_NAMES = ("First name", "Last name")
FEEDBACK_LIMIT, QUESTION_LIMIT = 1_500, 200


class MoodleExporter(LmsExporter):
    """``nbgrader export --exporter=autograder.exports.moodle.MoodleExporter --to=moodle.csv``."""

    default_to = "moodle.csv"

    match_by = Enum(
        tuple(_TELLS),
        "username",
        help="Which column tells students: username, with nbgrader's id; email; or idnumber, with the lms_user_id.",
    ).tag(config=True)
    feedback = Bool(False, help="A column beside each mark that says in short where points were lost.").tag(config=True)

    def identified(self, people: Sequence[Person]) -> Sequence[Person]:
        """Those for whom the column that tells students is not empty. Raises UsageError if that is nobody."""
        name, field = _TELLS[self.match_by]
        known = [person for person in people if known_as(person, field) not in _EMPTY]
        if not known:
            raise UsageError(
                f"Moodle could not tell any of these students: none has anything for {name}.",
                f"It is {field} in nbgrader's table of students.",
                "Fill that in (nbgrader db student import), or choose --MoodleExporter.match_by=username.",
            )
        self.require_unlike(name, {person.id: known_as(person, field) for person in known})
        without = [person.id for person in people if known_as(person, field) in _EMPTY]
        if without:
            self.log.warning(
                "%s left out of the file, without %s: %s", counted(len(without), "student"), name, named(without)
            )
        return known

    def require_title(self, title: str) -> None:
        """Raises UsageError for a title that another column has."""
        if title in (*_NAMES, _TELLS[self.match_by][0]) or not title.strip():
            raise UsageError(f"A column for marks cannot be named {title!r}.", "", "Give it another title.")

    def rows(self, marks: ClassMarks, titles: Mapping[str, str]) -> Iterator[Sequence[str]]:
        """The header, and a row for each student."""
        self._warn_of_more(marks)
        name, field = _TELLS[self.match_by]
        yield *_NAMES, name, *(cell for title in titles.values() for cell in self._with_feedback(title, _for(title)))
        for person in marks.people:
            yield (
                _closed(harmless(person.first_name)),
                _closed(harmless(person.last_name)),
                known_as(person, field),
                *(cell for assignment in titles for cell in self._cells(marks, person.id, assignment)),
            )

    def _warn_of_more(self, marks: ClassMarks) -> None:
        more = {
            student
            for (student, assignment), mark in marks.marks.items()
            if mark.points is not None and mark.points > marks.assignments[assignment]
        }
        if more:
            self.log.warning(
                "Moodle takes marks above the maximum only where its site allows them (unlimitedgrades): %s",
                named(sorted(more)),
            )

    def _cells(self, marks: ClassMarks, student: str, assignment: str) -> Sequence[str]:
        mark = marks.marks[student, assignment]
        points = self.points(mark)
        if points is None:
            return self._with_feedback(NO_MARK, "")
        said = self._said(mark, student, assignment, marks.assignments[assignment]) if self.feedback else ""
        return self._with_feedback(points_text(points), said)

    def _with_feedback(self, cell: str, feedback: str) -> Sequence[str]:
        return (cell, feedback) if self.feedback else (cell,)

    def _said(self, mark: Mark, student: str, assignment: str, maximum: float) -> str:
        """The points, which no spreadsheet takes for a formula, and what is known of each question that lost some."""
        try:
            questions = read_verdict(self.course.verdict(assignment, student)).questions
        except AutograderError:
            questions = ()  # nothing handed in, or graded elsewhere
        told = [f"{points_of(mark.points or 0.0, maximum)} points."]
        told += [_lost(question) for question in questions if question.score < question.max_score]
        return _closed(_no_formula(html.escape(shorten(" ".join(told), FEEDBACK_LIMIT), quote=False)))


def _for(title: str) -> str:
    return f"{title} (Feedback)"


def _lost(question: QuestionResult) -> str:
    check = failing(question.checks)[0]
    known = one_line(check.diagnosis or f"not so: {check.property} {check.message}")
    return shorten(f"{question.id}, {points_of(question.score, question.max_score)}: {known}", QUESTION_LIMIT)


def _no_formula(page: str) -> str:
    """HTML that says the same, and in which nothing after a semicolon, such as that of ``&lt;``, is a formula."""
    return re.sub(
        rf'(?<=;)(?:[\s"]*{FORMULA})+',
        lambda found: re.sub(FORMULA, lambda one: f"&#{ord(one[0])};", found[0]),
        page,
    )


def _closed(text: str) -> str:
    """PHP does not take a quotation mark after a backslash for the end of a cell."""
    return re.sub(r'\\(?="|$)', r"\\ ", text)
