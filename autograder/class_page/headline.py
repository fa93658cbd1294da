"""The class in a few sentences."""

from collections.abc import Sequence

import polars as pl

from autograder.class_page.content import Mistake
from autograder.class_page.reading import State, Submission
from autograder.report.content import points, points_of


def headline(assignment: str, submissions: Sequence[Submission], mistakes: Sequence[Mistake]) -> tuple[str, ...]:
    """The class in a few sentences."""
    if not submissions:
        return (f"Nobody has handed in {assignment} yet.",)
    number = {state: sum(one.state is state for one in submissions) for state in State}
    graded = [one for one in submissions if one.state is State.GRADED]
    parts = [f"{count:,} {state.value}" for state, count in number.items() if count]
    sentences = [f"{_people(len(submissions))} handed in {assignment}: {', '.join(parts)}."]
    if len(graded) > 1:
        scores = pl.Series([one.points for one in graded])
        of = points(max(one.max_points for one in graded))
        mean, median = (_rounded(float(value)) for value in (scores.mean(), scores.median()))  # type: ignore[arg-type]
        sentences.append(f"On average {mean} of {of} points were earned; the median is {median}.")
    elif graded:
        sentences.append(f"It earned {points_of(graded[0].points, graded[0].max_points)} points.")
    if mistakes:
        first = mistakes[0]
        where = f"in {first.title.words}, {first.count:,} of {first.of:,} answers have the same mistake"
        alone = f"no mistake was made twice, and the one that cost most is in {first.title.words}"
        sentences.append(f"To talk about next: {where if first.count > 1 else alone}. {first.does}")
    elif graded and all(one.points == one.max_points for one in graded):
        sentences.append("Nobody lost a point.")
    elif graded:
        sentences.append("No mistake that has a name was found.")
    return tuple(sentences)


def _people(count: int) -> str:
    return "One student has" if count == 1 else f"{count:,} students have"


def remarks(graded: Sequence[Submission]) -> tuple[str, ...]:
    """What limits the numbers."""
    changed = sum(one.has_changed for one in graded)
    unprotected = sum(not one.isolated for one in graded)
    found = []
    if len({one.max_points for one in graded}) > 1:
        found.append("Not all were graded by the same questions: grade the class again before you compare.")
    if changed:
        found.append(
            f"{_submissions(changed)} changed since being graded: the marks are of what was graded, and the code is "
            "left out here."
        )
    if unprotected:
        found.append(f"{_submissions(unprotected)} graded without isolation.")
    return tuple(found)


def _submissions(count: int) -> str:
    return "1 submission was" if count == 1 else f"{count:,} submissions were"


def _rounded(value: float) -> str:
    return points(round(value, 1))
