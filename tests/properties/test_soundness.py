"""Questions are tried out before anybody is judged by them: what is wrong with one is said, and where."""

from dataclasses import replace
from typing import Any

import pytest
import torch
from hypothesis import strategies as st

from autograder.errors import AutograderError
from autograder.properties import Property, Question, functions, oracle, strategies
from autograder.properties.functions import Mistake, function
from autograder.properties.soundness import require_sound

VALUES = functions.values(function("corr2d", strategies.single_channel(), oracle.cross_correlation), 1)


def mean_of_rows(X: torch.Tensor) -> torch.Tensor:
    return X.mean(1)


def of_images(reference: Any, height: int = 3, **options: Any) -> Property:
    shapes = st.integers(2, 5).map(lambda width: {"X": (height, width)})
    return functions.values(function("f", shapes, reference, arguments=("X",), **options), 1)


def complaint(item: Property) -> str:
    with pytest.raises(AutograderError) as caught:
        require_sound([Question("question", "A question", (item,))])
    return str(caught.value)


def test_good_questions_are_let_through() -> None:
    mean = of_images(mean_of_rows, terms=lambda operands: operands["X"].shape[1])
    require_sound([Question("question", "A question", (VALUES, replace(mean, id="mean")))])


def test_products_that_the_error_bound_does_not_count_are_missed() -> None:
    assert "adds more products than its error bound counts" in complaint(of_images(mean_of_rows))
    assert "terms=lambda operands" in complaint(of_images(mean_of_rows))


def test_shapes_that_the_reference_cannot_take_are_told() -> None:
    reference = functions.function("f", st.just({"X": (1, 1), "K": (2, 2)}), oracle.cross_correlation)
    assert "cannot be computed" in complaint(functions.values(reference, 1))
    assert "cannot be computed" in complaint(functions.gradients(reference, 1))


def test_names_of_arguments_that_are_not_drawn_are_told() -> None:
    item = functions.values(function("f", st.just({"A": (2, 2)}), mean_of_rows, arguments=("X",)), 1)
    assert "has no tensor X to be called with. What is drawn is A." in complaint(item)


def test_a_strategy_that_draws_nothing_sensible_is_told() -> None:
    item = functions.values(function("f", st.just({"X": 2}), mean_of_rows, arguments=("X",)), 1)  # type: ignore[arg-type]
    assert "The shape of X is drawn as 2, which is no shape." in complaint(item)


def test_outputs_that_are_all_empty_are_told() -> None:
    assert "Every output of f(X) is empty." in complaint(of_images(lambda X: X[1:] + X[:-1], height=1))


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (oracle.cross_correlation, "The mistake odd of corr2d(X, K) can explain nothing."),
        (lambda X: X, "raises an error on every drawn example. The reference of corr2d(X, K) cannot be computed: Type"),
        (lambda X, K: kernl, "cannot be computed: NameError: name 'kernl' is not defined."),  # type: ignore # noqa: F821
    ],
    ids=["the right one", "other operands", "misspelt"],
)
def test_a_mistake_that_explains_nothing_is_told(reference: Any, words: str) -> None:
    mistakes = (Mistake("odd", "It is odd.", "Mend it.", reference),)
    of = function("corr2d", strategies.single_channel(), oracle.cross_correlation, mistakes=mistakes)
    assert words in complaint(functions.values(of, 1))


@pytest.mark.parametrize("points", ["3", 0, -1, float("nan"), True])
def test_points_are_numbers_above_zero(points: Any) -> None:
    with pytest.raises(ValueError, match=f"property 'values' is worth {points!r} points"):
        replace(VALUES, points=points)


def test_a_question_asks_for_something() -> None:
    with pytest.raises(ValueError, match="has no properties"):
        Question("question", "A question", ())
