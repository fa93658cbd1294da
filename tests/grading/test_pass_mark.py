from dataclasses import replace

import pytest

from autograder.errors import UsageError
from autograder.grading.pass_mark import PassMark
from autograder.results import Brief, ResultStatus

BRIEF = Brief("a.ipynb", "ann", 30.0, 40.0, ResultStatus.GRADED, "", 1.0)


@pytest.mark.parametrize(
    ("written", "missed"),
    [("30", False), ("30.25", True), ("75%", False), ("75.1%", True), ("0", False), ("0%", False), ("100%", True)],
)
def test_points_and_percentages_are_held_against_the_score(written: str, missed: bool) -> None:
    assert PassMark.parse(written).is_missed(BRIEF) is missed


def test_just_so_many_are_enough_whatever_binary_numbers_make_of_them() -> None:
    assert not PassMark.parse("35%").is_missed(replace(BRIEF, score=0.35, max_score=1.0))
    assert not PassMark.parse("33.3%").is_missed(replace(BRIEF, score=0.333, max_score=1.0))
    assert PassMark.parse("33.3%").is_missed(replace(BRIEF, score=0.332, max_score=1.0))


def test_what_could_not_be_graded_is_not_below() -> None:
    assert not PassMark.parse("30").is_missed(replace(BRIEF, status=ResultStatus.ERROR, score=0.0))


@pytest.mark.parametrize("written", ["", "-1", "x", "nan", "inf", "1e9", "101%", "30 %", "%", "１", "30,5", "1" * 400])
def test_anything_else_is_told_in_sentences(written: str) -> None:
    with pytest.raises(UsageError, match="neither points nor a percentage"):
        PassMark.parse(written)


def test_more_than_can_be_had_is_a_mistake() -> None:
    PassMark.parse("40").require_within(40)
    PassMark.parse("100%").require_within(40)
    with pytest.raises(UsageError, match="has 40 points"):
        PassMark.parse("40.5").require_within(40)
