"""What makes no sense is to be refused, with an error of the right type where the question names one."""

import pytest

from autograder.results import CheckStatus
from tests.properties.conftest import Judge

POOL = """
def pool2d(X, pool_size, mode='max'):
    {refusal}
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    return windows.mean((2, 3)) if mode == 'avg' else windows.amax((2, 3))
"""


def test_a_value_error_is_a_refusal(judge: Judge) -> None:
    refusal = "if mode not in ('max', 'avg'): raise ValueError(mode)"
    assert judge("pool2d", "refuses", POOL.format(refusal=refusal)).status is CheckStatus.PASSED


def test_an_error_of_a_type_below_is_one_too(judge: Judge) -> None:
    refusal = "if mode not in ('max', 'avg'): raise type('UnknownMode', (ValueError,), {})(mode)"
    assert judge("pool2d", "refuses", POOL.format(refusal=refusal)).status is CheckStatus.PASSED


@pytest.mark.parametrize(
    ("refusal", "name"),
    [
        ("pass", "answers_other_modes"),
        ("if mode not in ('max', 'avg'): return None", "returns_none_for_other_modes"),
        ("if mode not in ('max', 'avg'): raise KeyError(mode)", "other_error_for_other_modes"),
        ("if mode not in ('max', 'avg'): return X.new_zeros(0)", "empty_for_other_modes"),
    ],
)
def test_anything_else_is_told_by_name(judge: Judge, refusal: str, name: str) -> None:
    check = judge("pool2d", "refuses", POOL.format(refusal=refusal))
    assert (check.score, check.misconception) == (0, name)
    assert "mode='median'" in check.counterexample
