"""What came of a class as one long table for analysis: a row for each property of each submission."""

from collections.abc import Iterable, Iterator

import polars as pl

from autograder.report.safe_text import clean
from autograder.results import Result

SCHEMA = {
    "student": pl.String,
    "notebook": pl.String,
    "assignment": pl.String,
    "question": pl.String,
    "property": pl.String,
    "statement": pl.String,
    "points": pl.Float64,
    "max_points": pl.Float64,
    "status": pl.String,
    "misconception": pl.String,
    "diagnosis": pl.String,
    "message": pl.String,
    "counterexample": pl.String,
    "device": pl.String,
    "isolated": pl.Boolean,
    "duration_s": pl.Float64,
}


def property_table(results: Iterable[Result]) -> pl.DataFrame:
    """The table. ``statement`` is the property in words, ``duration_s`` the whole submission's, in seconds.

    A submission that could not be graded has one row, with status ``ungraded``, the reason as its message, and neither
    a question nor a property.
    """
    return pl.DataFrame(list(_rows(results)), SCHEMA, orient="row")


def _rows(results: Iterable[Result]) -> Iterator[tuple[object, ...]]:
    for result in map(clean, results):
        whose = result.student, result.notebook, result.assignment
        how = result.device, result.isolated, result.duration_s
        if not result.checks:
            nothing = None, None, None, 0.0, result.max_score, "ungraded", "", "", result.message, ""
            yield (*whose, *nothing, *how)
        for check in result.checks:
            yield (
                *whose,
                check.question,
                check.id,
                check.property,
                check.score,
                check.max_score,
                check.status.value,
                check.misconception,
                check.diagnosis,
                check.message,
                check.counterexample,
                *how,
            )
