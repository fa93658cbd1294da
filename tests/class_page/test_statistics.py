"""Statistics of questions against values worked out by hand, and against scipy's."""

import polars as pl
import pytest
from class_pages import verdict
from scipy.stats import pearsonr

from autograder.class_page import statistics
from autograder.exports.table import property_table
from autograder.results import Result


def marks(*results: Result) -> pl.DataFrame:
    """The table as it is read of a class."""
    table = property_table(results)
    places = {student: place for place, student in enumerate(dict.fromkeys(table["student"]))}
    return table.select(
        pl.col("student").replace_strict(places, return_dtype=pl.UInt32).alias("place"),
        pl.col("question", "property", "statement", "misconception").cast(pl.Categorical),
        "points",
        "max_points",
    )


POINTS = [(2, 1, 2), (0, 1, 1), (2, 0, 0), (0, 0, 0), (1, 1, 2), (2, 1, 1), (0, 1, 0), (2, 1, 2), (1, 0, 1), (2, 1, 2)]
CLASS = [verdict(f"s{number}", points, "squares") for number, points in enumerate(POINTS)]


def test_difficulty_is_the_mean_share_of_the_points() -> None:
    found = statistics.by_property(marks(*CLASS))
    assert found["property"].to_list() == ["values", "zero", "area"]
    assert found["share"].to_list() == pytest.approx([12 / 20, 7 / 10, 11 / 20])
    assert found["lost"].to_list() == pytest.approx([0.5, 0.3, 0.6])


def test_discrimination_is_the_correlation_with_all_the_rest() -> None:
    found = statistics.by_property(marks(*CLASS))["discrimination"].to_list()
    for place, value in enumerate(found):
        item = [points[place] for points in POINTS]
        rest = [sum(points) - points[place] for points in POINTS]
        assert value == pytest.approx(pearsonr(item, rest).statistic)


def test_a_question_is_held_against_the_other_questions() -> None:
    double = [sum(points[:2]) for points in POINTS]
    found = statistics.by_question(marks(*CLASS))
    assert found["discrimination"][0] == pytest.approx(pearsonr(double, [points[2] for points in POINTS]).statistic)
    assert found["max_points"].to_list() == [3, 2]


def test_there_is_no_discrimination_for_a_handful() -> None:
    few = statistics.by_property(marks(*CLASS[: statistics.FEWEST - 1]))
    assert few["discrimination"].to_list() == [None] * 3


def test_there_is_no_discrimination_where_all_have_the_same_points() -> None:
    alike = [verdict(f"s{number}", (number % 2 + 0.1, 0.3, 0.7), "squares") for number in range(12)]
    assert statistics.by_property(marks(*alike))["discrimination"].to_list() == [None] * 3


def test_unwritten_answers_are_told_apart_from_wrong_ones() -> None:
    stub, wrong = verdict("a", (0, 0, 2), "unwritten"), verdict("b", (0, 0, 2), "squares")
    assert statistics.by_question(marks(stub, wrong))["unwritten"].to_list() == [0.5, 0]
    assert statistics.mistakes(marks(stub, wrong))["misconception"].to_list() == ["squares"]


def test_mistakes_are_counted_by_submission_and_the_costlier_of_two_comes_first() -> None:
    found = statistics.mistakes(
        marks(verdict("a", (0, 0, 2), "both"), verdict("b", (2, 0, 2), "cheap"), verdict("c", (0, 1, 2), "dear"))
    )
    assert found.select("misconception", "count").rows() == [("both", 1), ("dear", 1), ("cheap", 1)]


def test_points_lost_without_a_named_mistake_are_counted_by_submission() -> None:
    nameless = verdict("a", (0, 0, 2), "")
    assert statistics.unnamed(marks(nameless, verdict("b", (0, 1, 2), "squares"))).to_dicts() == [
        {"question": "double", "count": 1}
    ]


def test_no_submissions_have_no_statistics() -> None:
    assert statistics.by_question(marks()).height == 0
    assert statistics.mistakes(marks()).height == 0
