"""What came of a class as one long table, for analysis: the verdicts by property, and what the gradebook adds.

A row's ``kind`` says what it is about. The ``points`` of a student's rows for an assignment add up to the mark.

property   a property of a question, from the verdict that is kept in the course's folder
ungraded   a submission that could not be graded, with the reason as its message
cell       a cell's points by the gradebook, where no verdict tells of it
manual     points that a person gave for an answer, or by which a person changed what the properties gave; none, with
           the status ``awaiting``, while the answer waits for them
extra      extra credit that a person gave
penalty    what lateness costs: below 0, and at most what there was
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
from nbgrader.api import Gradebook

from autograder.errors import AutograderError, UsageError
from autograder.exports.cells import STARTS_FORMULA
from autograder.exports.exporter import Exporter, counted, named
from autograder.exports.given import Given, given_for
from autograder.exports.marks import Entered, Person, entered_for
from autograder.exports.table import SCHEMA, property_table
from autograder.report.safe_text import encodable
from autograder.report.verdict import read_verdict
from autograder.results import Result, ResultStatus

COLUMNS = {"kind": pl.String, **SCHEMA}
# In these may be words that a student chose; in the others are names and numbers.
TEXTS = ("statement", "misconception", "diagnosis", "message", "counterexample")
LINE_END = " ⏎ "
BATCH = 500  # of students, whose verdicts are held at once
_Row = dict[str, object]


class AnalysisExporter(Exporter):
    """``nbgrader export --exporter=autograder.exports.analysis.AnalysisExporter --to=class.parquet``, or ``.csv``."""

    default_to = "analysis.csv"

    def content(
        self, gradebook: Gradebook, people: Sequence[Person], assignments: Mapping[str, float], path: Path
    ) -> bytes:
        """The table, as CSV or Parquet. Raises UsageError for a file of another name."""
        write = {".csv": _csv, ".parquet": _parquet}.get(path.suffix.lower())
        if write is None:
            raise UsageError(
                f"{path} is neither CSV nor Parquet.", "The name's ending says which.", "Name it *.csv or *.parquet."
            )
        tables = [table for assignment in assignments for table in self._tables(gradebook, people, assignment)]
        return write(pl.concat([pl.DataFrame(schema=COLUMNS), *tables]))

    def _tables(self, gradebook: Gradebook, people: Sequence[Person], assignment: str) -> Iterator[pl.DataFrame]:
        entered, given = entered_for(gradebook, assignment), given_for(gradebook, assignment)
        students = [person.id for person in people if person.id in entered]
        unkept: list[str] = []
        for start in range(0, len(students), BATCH):
            batch = students[start : start + BATCH]
            verdicts = {student: self._verdict(assignment, student) for student in batch}
            unkept += [student for student, verdict in verdicts.items() if verdict is None]
            kept = [verdict for verdict in verdicts.values() if verdict is not None]
            yield _verdict_rows(kept)
            yield _table(
                {"student": encodable(student), "assignment": assignment, **row}
                for student in batch
                for row in _gradebook_rows(given.get(student, ()), entered[student], verdicts[student])
            )
        if unkept:
            self.log.warning(
                "%s: no verdict is kept here for %s, of whom the table has cells and no properties: %s",
                assignment, counted(len(unkept), "student"), named(unkept),
            )  # fmt: skip

    def _verdict(self, assignment: str, student: str) -> Result | None:
        """None where none is kept that can be read."""
        try:
            return read_verdict(self.course.verdict(assignment, student))
        except AutograderError:
            return None


def _verdict_rows(verdicts: Sequence[Result]) -> pl.DataFrame:
    graded = pl.col("property").is_not_null()
    kind = pl.when(graded).then(pl.lit("property")).otherwise(pl.lit("ungraded")).alias("kind")
    points = pl.when(graded).then(pl.col("points"))  # of what could not be graded none are known
    return property_table(verdicts).with_columns(kind, points).select(list(COLUMNS))


def _gradebook_rows(given: Sequence[Given], entered: Entered, verdict: Result | None) -> Iterator[_Row]:
    """What the gradebook has beside what the verdict tells."""
    for cell in given:
        told, points = _told(cell, verdict), cell.points
        by_hand = cell.manual is not None or cell.awaiting
        untold = told is None and (cell.max_points or points)  # else worth nothing, as an answer that is only read
        changed = told is not None and points is not None and abs(points - told) > 1e-9
        if untold or changed:
            yield {
                "kind": "manual" if by_hand else "cell",
                "question": cell.cell.removeprefix("check-"),
                "points": None if points is None else points - (told or 0.0),
                "max_points": cell.max_points if told is None else 0.0,
                "status": "awaiting" if cell.awaiting else "given",
            }
        if cell.extra and points is not None:  # nbgrader counts it only on top of points
            yield {"kind": "extra", "question": cell.cell.removeprefix("check-"), "points": cell.extra}
    if entered.penalty:
        yield {"kind": "penalty", "points": entered.mark - entered.points}


def _told(cell: Given, verdict: Result | None) -> float | None:
    """What the verdict's rows have for a cell; None where they have none."""
    if verdict is None:
        return None
    if verdict.status is ResultStatus.ERROR:
        return 0.0 if cell.is_code else None
    scores = {f"check-{question.id}": question.score for question in verdict.questions}
    return scores.get(cell.cell)


def _table(rows: Iterable[_Row]) -> pl.DataFrame:
    return pl.DataFrame([tuple(row.get(name) for name in COLUMNS) for row in rows], COLUMNS, orient="row")


def _csv(table: pl.DataFrame) -> bytes:
    """For spreadsheets: every text is in one line, and no text in it is a formula."""
    lines = pl.col(TEXTS).str.replace_all("\n", LINE_END, literal=True).str.replace_all("\t", "    ", literal=True)
    return table.with_columns(lines.str.replace_all(STARTS_FORMULA, "${1}'${2}")).write_csv().encode()


def _parquet(table: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    table.write_parquet(file)
    return file.getvalue()
