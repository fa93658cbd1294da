"""A function's reference: what is fixed in it, and that a bad one is the question's fault and nobody else's."""

import pytest
import torch

from autograder.check import LocalAsker
from autograder.properties import Question, functions, oracle, strategies
from autograder.properties.examples import draw
from autograder.properties.functions import TensorFunction, function
from autograder.properties.judge import judge_property
from autograder.properties.oracle import Reference
from autograder.properties.tensor_function import ReferenceFailed
from autograder.results import CheckResult, CheckStatus

SHARPEN = torch.tensor([[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]], dtype=torch.float64)
IMAGES = strategies.integers((4, 5)).map(lambda image: {"X": tuple(image.shape)})


def sharpen(X: torch.Tensor) -> torch.Tensor:
    around = X[:-2, 1:-1] + X[2:, 1:-1] + X[1:-1, :-2] + X[1:-1, 2:]
    return 5 * X[1:-1, 1:-1] - around


def judged(of: TensorFunction, answer: Reference) -> list[CheckResult]:
    properties = (functions.values(of, 1), functions.gradients(of, 1), functions.non_finite(of, 1))
    question = Question("question", "A question", properties)
    return [judge_property(question, draw(item, 3, 15), LocalAsker({"sharpen": answer})) for item in properties]


FIXED = function("sharpen", IMAGES, oracle.cross_correlation, arguments=("X",), fixed={"K": SHARPEN})


def test_a_formula_with_numbers_of_its_own_is_judged_within_its_error_bound() -> None:
    assert {check.status for check in judged(FIXED, sharpen)} == {CheckStatus.PASSED}


def test_an_answer_that_misses_one_of_the_formulas_numbers_is_wrong() -> None:
    found = judged(FIXED, lambda X: sharpen(X) + 1e-9 * X[1:-1, 1:-1])
    assert [check.status for check in found[:2]] == [CheckStatus.FAILED] * 2


@pytest.mark.parametrize("answer", [sharpen, lambda X: X], ids=["right", "wrong"])
def test_a_reference_with_numbers_that_are_not_named_is_refused_and_no_answer_is_judged(answer: Reference) -> None:
    hidden = function("sharpen", IMAGES, lambda X: oracle.cross_correlation(X, SHARPEN), arguments=("X",))
    with pytest.raises(ReferenceFailed, match=r"no sum of products .* fixed="):
        judged(hidden, answer)


def test_a_reference_that_fails_is_refused_and_no_answer_is_judged() -> None:
    too_small = strategies.integers((1, 1)).map(lambda image: {"X": tuple(image.shape)})
    of = function("sharpen", too_small, oracle.cross_correlation, arguments=("X",), fixed={"K": SHARPEN})
    with pytest.raises(ReferenceFailed, match="It was asked for X of shape"):
        judged(of, lambda X: X)
