"""A function's reference: what is fixed in it, and that a bad one is the question's fault and nobody else's."""

from collections.abc import Callable

import pytest
import torch
from hypothesis import strategies as st

from autograder.check import LocalAsker
from autograder.probe.answers import Returned, TensorValue
from autograder.properties import Property, Question, functions, oracle, strategies
from autograder.properties.examples import draw
from autograder.properties.functions import Mistake, TensorFunction, function
from autograder.properties.judge import judge_property
from autograder.properties.oracle import Reference
from autograder.properties.soundness import require_sound
from autograder.properties.strategies import NoShape
from autograder.properties.tensor_function import ReferenceFailed
from autograder.results import CheckResult, CheckStatus

SHARPEN = torch.tensor([[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]], dtype=torch.float64)
IMAGES = strategies.integers((4, 5)).map(lambda image: {"X": tuple(image.shape)})


def sharpen(X: torch.Tensor) -> torch.Tensor:
    around = X[:-2, 1:-1] + X[2:, 1:-1] + X[1:-1, :-2] + X[1:-1, 2:]
    return 5 * X[1:-1, 1:-1] - around


def remembering(answer: Reference) -> Reference:
    """The same for a tensor that is new, and what was answered before for one that has other numbers by now."""
    known: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
    return lambda X: known.setdefault(id(X), (X, answer(X)))[1].clone()


def overwriting(answer: Reference) -> Reference:
    """The same, in one output for all calls with X of a shape."""
    outputs: dict[torch.Size, torch.Tensor] = {}
    return lambda X: outputs.setdefault(X.shape, answer(X)).copy_(answer(X))


def judged(of: TensorFunction, answer: Reference) -> list[CheckResult]:
    properties = (functions.values(of, 1), functions.gradients(of, 1), functions.non_finite(of, 1))
    question = Question("question", "A question", properties)
    return [judge_property(question, draw(item, 3, 15), LocalAsker({"sharpen": answer})) for item in properties]


FIXED = function("sharpen", IMAGES, oracle.cross_correlation, arguments=("X",), fixed={"K": SHARPEN})


@st.composite
def stacks(draw: st.DrawFn) -> dict[str, tuple[int, ...]]:
    """Channels to mix, X of shape (c_in, h, w), and their weights, W of shape (c_out, c_in)."""
    c_in, c_out, h, w = (draw(st.integers(1, 3)) for _ in range(4))
    return {"X": (c_in, h, w), "W": (c_out, c_in)}


def mixed(X: torch.Tensor, W: torch.Tensor) -> torch.Tensor:
    return (W @ X.reshape(X.shape[0], -1)).reshape(-1, *X.shape[1:])


def mixed_by_transposed(X: torch.Tensor, W: torch.Tensor) -> torch.Tensor:
    return torch.einsum("co,chw->ohw", W, X)  # a W of one row goes with any X


TRANSPOSED = Mistake("weights_transposed", "The weights are transposed.", "Multiply by W.", mixed_by_transposed)
MIX = function("mix", stacks(), mixed, arguments=("X", "W"), mistakes=(TRANSPOSED,))


def mix_judged(item: Property, answer: Reference, seed: int = 3) -> CheckResult:
    question = Question("mix", "Mixing", (item,))
    require_sound([question])
    return judge_property(question, draw(item, seed), LocalAsker({"mix": answer}))


def test_the_shapes_of_operands_are_those_that_the_question_draws() -> None:
    assert mix_judged(functions.fresh(MIX, 1), mixed).status is CheckStatus.PASSED


@pytest.mark.parametrize("make", [functions.values, functions.gradients, functions.pure])
def test_a_mistake_that_gives_other_shapes_is_named_by_every_property(make: Callable[..., Property]) -> None:
    assert mix_judged(make(MIX, 1), mixed_by_transposed).misconception == TRANSPOSED.id


@pytest.mark.parametrize("seed", [3, 31])  # of 31, the drawn examples alone would bear the name out
def test_a_name_that_the_smallest_example_speaks_against_is_not_given(seed: int) -> None:
    def transposed_if_square(X: torch.Tensor, W: torch.Tensor) -> torch.Tensor:
        return mixed(X, W.T if W.shape[0] == W.shape[1] else W)

    assert mix_judged(functions.views(MIX, 1), transposed_if_square, seed).misconception == ""


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


@pytest.mark.parametrize(
    ("answer", "said"),
    [(sharpen, ""), (remembering(sharpen), "remembers_answers"), (overwriting(sharpen), "reuses_its_output")],
    ids=["right", "remembers", "overwrites"],
)
def test_a_function_of_one_operand_may_be_asked_for_fresh_outputs(answer: Reference, said: str) -> None:
    item = functions.fresh(FIXED, 1)
    question = Question("question", "A question", (item,))
    check = judge_property(question, draw(item, 3, 15), LocalAsker({"sharpen": answer}))
    assert (check.status is CheckStatus.PASSED) is (said == "")
    assert check.misconception == said


@pytest.mark.parametrize("make", [functions.values, functions.fresh, functions.non_finite])
def test_a_plain_argument_is_told_to_be_no_tensor(make: Callable[..., Property]) -> None:
    shapes = IMAGES.map(lambda drawn: {**drawn, "size": 3})
    of = function("pool", shapes, oracle.cross_correlation, arguments=("X", "size"))
    with pytest.raises(NoShape, match=r"size is drawn as 3.* tensors alone.* Property of your own"):
        require_sound([Question("question", "A question", (make(of, 1),))])


def test_a_reference_that_fails_is_refused_and_no_answer_is_judged() -> None:
    too_small = strategies.integers((1, 1)).map(lambda image: {"X": tuple(image.shape)})
    of = function("sharpen", too_small, oracle.cross_correlation, arguments=("X",), fixed={"K": SHARPEN})
    with pytest.raises(ReferenceFailed, match="It was asked for X of shape"):
        judged(of, lambda X: X)


def test_the_grids_of_an_answer_of_another_shape_say_both_shapes() -> None:
    case = {"X": torch.ones(4, 5, dtype=torch.float64)}
    swapped = {"Y": Returned(TensorValue(sharpen(case["X"]).mT.contiguous()))}
    assert [grid.name for grid in FIXED.picture(case, swapped)] == ["X", "got, shape (3, 2)", "want, shape (2, 3)"]
    wrong = {"Y": Returned(TensorValue(sharpen(case["X"]) + 1))}
    assert [grid.name for grid in FIXED.picture(case, wrong)] == ["X", "got", "want", "difference"]
