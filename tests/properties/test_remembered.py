"""The oracle's answers are remembered by the tensors that they are for."""

import gc

import pytest
import torch

from autograder.properties import oracle
from autograder.properties.remembered import Remembered


def test_a_result_is_computed_once_for_the_same_tensors_and_anew_for_equal_ones() -> None:
    remembered, calls = Remembered[int](10), []
    X, K = torch.ones(2), torch.ones(2)
    for origins in ((X, K), (X, K), (K, X), (X.clone(), K)):
        remembered.of(origins, lambda: calls.append(1) or len(calls))
    assert len(calls) == 3


def test_the_oldest_is_forgotten_and_never_mixed_up_with_what_takes_its_place_in_memory() -> None:
    remembered = Remembered[float](3)
    for number in range(200):
        tensor = torch.tensor(float(number))
        assert remembered.of((tensor,), lambda tensor=tensor: float(tensor)) == number
        del tensor
        gc.collect(0)


def test_an_error_is_not_remembered() -> None:
    remembered = Remembered[int](3)
    origin = (torch.ones(1),)
    with pytest.raises(ZeroDivisionError):
        remembered.of(origin, lambda: 1 // 0)
    assert remembered.of(origin, lambda: 7) == 7


def test_two_references_do_not_share_their_answers() -> None:
    X, K = torch.arange(9.0).reshape(3, 3), torch.arange(4.0).reshape(2, 2)
    for _ in range(2):
        assert float(oracle.expected(oracle.cross_correlation, [X, K]).value[0, 0]) == 19
        assert float(oracle.expected(oracle.convolution, [X, K]).value[0, 0]) == 5
