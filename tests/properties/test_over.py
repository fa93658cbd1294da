"""One property over drawn settings: each case is judged for its own, and a mistake is named over all of them."""

from collections.abc import Mapping

import pytest

from autograder.properties import Question
from autograder.properties.examples import draw
from autograder.properties.over import SETTINGS
from autograder.properties.tensor_function import ReferenceFailed
from autograder.results import CheckStatus
from tests.properties.conftest import Judge, property_of

SLICES = """
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw), (kh, kw) = {padding}, {stride}, K.shape
    X = F.pad(X, (pw, pw, ph, ph))
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError
    return (X.unfold(0, kh, sh).unfold(1, kw, sw) * K).sum((2, 3))
"""


def corr2d(padding: str = "padding", stride: str = "stride") -> str:
    return SLICES.format(padding=padding, stride=stride)


@pytest.mark.parametrize("id", ["values", "defaults", "views", "dtype", "device", "gradients", "pure", "too_large"])
def test_a_right_answer_has_every_property_for_every_setting(judge: Judge, id: str) -> None:
    assert judge("corr2d_padded_strided", id, corr2d()).status is CheckStatus.PASSED


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (corr2d(padding="(0, 0)"), "padding_ignored"),
        (corr2d(padding="padding[::-1]"), "padding_sides_exchanged"),
        (corr2d(padding="(padding[0], padding[0])"), "padding_taken_from_height"),
        (corr2d(stride="(1, 1)"), "stride_ignored"),
        (corr2d(stride="stride[::-1]"), "stride_sides_exchanged"),
        (corr2d(stride="(stride[0], 1)"), "stride_for_rows_only"),
        (corr2d().replace("F.pad(X, (pw, pw, ph, ph))", "F.pad(X, (pw, 0, ph, 0))"), "padded_above_and_left_only"),
        (corr2d().replace("* K)", "* K.flip(0, 1))"), "true_convolution"),
    ],
)
def test_a_mistake_about_settings_is_named(judge: Judge, wrong: str, name: str) -> None:
    check = judge("corr2d_padded_strided", "values", wrong)
    assert (check.score, check.misconception) == (0, name)


def test_the_counterexample_shows_the_settings_as_they_are_typed(judge: Judge) -> None:
    check = judge("corr2d_padded_strided", "values", corr2d(padding="(0, 0)"))
    assert "corr2d(X, K, padding=(" in check.counterexample
    assert SETTINGS not in check.counterexample


def test_the_simplest_settings_are_drawn_first(questions: Mapping[str, Question]) -> None:
    cases = draw(property_of(questions["corr2d_padded_strided"], "values"), seed=0).cases
    assert cases[0][SETTINGS] == ((0, 0), (1, 1))
    assert len({case[SETTINGS] for case in cases}) > 10


def test_a_mistake_has_to_show_in_some_of_the_cases_and_not_for_every_setting(
    questions: Mapping[str, Question],
) -> None:
    item = property_of(questions["corr2d_padded_strided"], "values")
    cases = draw(item, seed=0).cases
    item.prove(cases)
    with pytest.raises(ReferenceFailed, match=r"padding_in_all .* can explain nothing"):
        item.prove([case for case in cases if case[SETTINGS][0] == (0, 0)])
