"""The table of all submissions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from autograder.class_page import statistics
from autograder.class_page.content import Mistake, Row, Title
from autograder.class_page.names import Names
from autograder.class_page.reading import ClassRead, State, Submission
from autograder.report.content import points
from autograder.results import total


def rows(read: ClassRead, titles: Mapping[str, Title], mistakes: Sequence[Mistake], names: Names) -> tuple[Row, ...]:
    """A row for each, in the order of the names."""
    marks = _marks(read.marks)
    made = _made(read.marks, mistakes)
    totals = {place: total([one.points]) for place, one in enumerate(read.submissions) if one.state is State.GRADED}
    columns = [totals.values(), *([own[id][0] for own in marks.values() if id in own] for id in titles)]
    of_total, *of_questions = map(_decimals, columns)

    def row(place: int) -> Row:
        one, own = read.submissions[place], marks.get(place, {})
        graded = one.state is State.GRADED
        cells = [
            (f"{own[id][0]:.{decimals}f}", own[id][1]) if id in own else ("–", 0)
            for id, decimals in zip(titles, of_questions, strict=True)
        ]
        return Row(
            names.shown[place],
            f"{totals[place]:.{of_total}f}" if graded else "–",
            tuple(cells),
            tuple(made.get(place, ())),
            seconds(one) if graded else "–",
            "changed since" if one.has_changed else "" if graded else one.state.value,
        )

    return tuple(row(place) for place in names.order())


def _marks(marks: pl.DataFrame) -> Mapping[int, Mapping[str, tuple[float, int]]]:
    """The points for each question, and how much of it was lost, by the submission's place."""
    found: dict[int, dict[str, tuple[float, int]]] = defaultdict(dict)
    columns = "place", "question", "points", "max_points"
    for place, question, earned, possible in statistics.question_marks(marks).select(columns).iter_rows():
        found[place][question] = earned, _loss(earned / possible if possible > 0 else 1.0)
    return found


def _made(marks: pl.DataFrame, mistakes: Sequence[Mistake]) -> Mapping[int, Sequence[Mistake]]:
    """The mistakes of each submission, by its place."""
    named = {(one.title.id, one.name): one for one in mistakes}
    found: dict[int, list[Mistake]] = defaultdict(list)
    each = marks.select("place", "question", "misconception").unique(maintain_order=True)
    for place, question, name in each.iter_rows():
        if (question, name) in named:
            found[place].append(named[question, name])
    return found


def _decimals(column: Iterable[float]) -> int:
    """How many decimals a column's numbers need, so that they stand one under the other."""
    return max((len(points(number).partition(".")[2]) for number in column), default=0)


def _loss(share: float) -> int:
    """How much is lost, for a colour: nothing, less than half, more, all."""
    return 0 if share >= 1 else 1 if share >= 0.5 else 2 if share > 0 else 3


def seconds(one: Submission) -> str:
    """How long grading took."""
    return f"{one.duration_s:.1f}"
