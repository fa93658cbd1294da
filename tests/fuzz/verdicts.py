"""Strategies for verdicts in which every text is hostile."""

import math
from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from autograder.report.content import UNWRITTEN
from autograder.results import CheckResult, CheckStatus, Grid, QuestionResult, Result, ResultStatus
from tests.fuzz.material import texts

TEXT_FIELDS = ("property", "message", "counterexample", "cause", "note", "misconception", "diagnosis", "advice")
points = st.sampled_from([0.0, 0.5, 1.0, 2.5])
elements = st.floats(width=32) | st.sampled_from([0.0, 1.0, -2.0, math.nan, math.inf])


# Few texts for many fields: what is said twice is told once in a report, and drawing many takes long.
few_texts = st.lists(texts, min_size=1, max_size=4).map(lambda drawn: st.sampled_from([*drawn, ""]))


@st.composite
def grids(draw: DrawFn, words: st.SearchStrategy[str]) -> Grid:
    """A small matrix with or without a wrong element and a window."""
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    places = st.tuples(st.integers(0, rows - 1), st.integers(0, columns - 1))
    row = st.lists(elements, min_size=columns, max_size=columns).map(tuple)
    return Grid(
        draw(words),
        tuple(draw(st.lists(row, min_size=rows, max_size=rows))),
        draw(st.none() | places),
        tuple(draw(st.lists(places, max_size=2, unique=True))),
    )


@st.composite
def checks(draw: DrawFn, words: st.SearchStrategy[str]) -> CheckResult:
    """A property's verdict with these texts."""
    status = draw(st.sampled_from(CheckStatus))
    check = CheckResult(draw(words), draw(words), "", draw(points), draw(points), status)
    told = {name: draw(words) for name in TEXT_FIELDS}
    if draw(st.integers(0, 5)) == 5:
        told["misconception"] = UNWRITTEN
    return replace(check, **told, grids=tuple(draw(st.lists(grids(words), max_size=1))))


@st.composite
def questions(draw: DrawFn, words: st.SearchStrategy[str]) -> QuestionResult:
    """A question's verdict with these texts."""
    return QuestionResult(draw(words), tuple(draw(st.lists(checks(words), min_size=1, max_size=3))))


@st.composite
def results(draw: DrawFn, finite: bool = False) -> Result:
    """A submission's verdict; with durations that no JSON has, but for ``finite`` ones."""
    words = draw(few_texts)
    durations = st.sampled_from([0.0, 1.25] if finite else [0.0, 1.25, math.nan, math.inf])
    return Result(
        notebook=draw(words),
        assignment=draw(words),
        student=draw(words),
        max_score=draw(points),
        status=draw(st.sampled_from(ResultStatus)),
        seed=draw(st.integers(0, 2**40)),
        device=draw(st.sampled_from(["cpu", "cuda"])),
        duration_s=draw(durations),
        message=draw(words),
        questions=tuple(draw(st.lists(questions(words), max_size=2))),
    )


def with_texts(result: QuestionResult, made: Callable[[str], str]) -> QuestionResult:
    """``result`` with each text replaced; what is empty, and the name for an unwritten answer, stays."""

    def kept(text: str) -> str:
        return text if text in ("", UNWRITTEN) else made(text)

    return replace(
        result,
        checks=tuple(
            replace(
                check,
                **{name: kept(getattr(check, name)) for name in TEXT_FIELDS},
                grids=tuple(replace(grid, name=kept(grid.name)) for grid in check.grids),
            )
            for check in result.checks
        ),
    )
