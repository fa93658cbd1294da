"""Lent answers stand in for the student's own while they are needed, and leave no trace."""

from typing import Any

import pytest

from autograder.probe.lending import lent

LENT = """
import math as _math

def corr2d(X, K):
    return _helper(X) + K

def _helper(X):
    return _math.floor(X)
"""


def students() -> dict[str, Any]:
    """A notebook in which a later answer uses an earlier one."""
    namespace: dict[str, Any] = {}
    exec("def corr2d(X, K): return None\ndef convolve2d(X, K): return corr2d(X, -K)", namespace)
    return namespace


def test_a_later_answer_uses_the_lent_one_in_the_block_and_its_own_after_it() -> None:
    namespace = students()
    with lent(LENT, namespace):
        assert namespace["convolve2d"](1.5, 2) == -1
    assert namespace["convolve2d"](1.5, 2) is None


def test_the_namespace_is_as_before_afterwards_in_the_same_order() -> None:
    namespace = students()
    before = list(namespace.items())
    with lent(LENT, namespace):
        assert "_math" in namespace
    assert list(namespace.items()) == before


def test_an_answer_that_was_missing_is_missing_again() -> None:
    namespace: dict[str, Any] = {}
    with lent(LENT, namespace):
        assert namespace["corr2d"](1.5, 2) == 3
    assert namespace == {}


def test_what_the_students_code_does_to_its_globals_meanwhile_is_undone() -> None:
    namespace = students()
    before = dict(namespace)
    exec("def spoil():\n    global corr2d, left\n    del corr2d\n    left = 1", namespace)
    before["spoil"] = namespace["spoil"]
    with lent(LENT, namespace):
        namespace["spoil"]()
    assert namespace == before


def test_without_anything_to_lend_the_students_globals_are_left_alone() -> None:
    namespace = students()
    with lent("", namespace):
        namespace["left"] = 1
    assert namespace["left"] == 1


@pytest.mark.parametrize("source", [LENT + "\nraise LookupError", LENT])
def test_an_error_passes_through_and_the_namespace_is_as_before(source: str) -> None:
    namespace = students()
    before = dict(namespace)
    with pytest.raises(LookupError), lent(source, namespace):
        raise LookupError
    assert namespace == before
