"""Diagnosis: a mistake is named when it explains every answer, and never otherwise; facts are true of the answers."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import torch
from hypothesis import strategies as st

from autograder.check import LocalAsker
from autograder.properties import Property, Question, functions, oracle, plain, strategies
from autograder.properties.diagnosis import Diagnosis
from autograder.properties.examples import draw
from autograder.properties.functions import Mistake, function
from autograder.properties.judge import examine
from autograder.properties.mistakes.channels import MULTI_IN, MULTI_IN_OUT
from autograder.properties.mistakes.counting import PARAMETERS, RECEPTIVE_FIELD, receptive_field
from autograder.properties.mistakes.cross_correlation import OF_CROSS_CORRELATION, OF_TRUE_CONVOLUTION
from autograder.properties.oracle import Reference
from autograder.properties.plain import NumberMistake

SEED = 20261122
SHAPES = {
    "corr2d": strategies.single_channel(),
    "multi_in": strategies.channels_in(),
    "multi_in_out": strategies.channels_in_out(),
}
FAMILIES = (
    ("corr2d", oracle.cross_correlation, OF_CROSS_CORRELATION),
    ("corr2d", oracle.convolution, OF_TRUE_CONVOLUTION),
    ("multi_in", oracle.multi_in, MULTI_IN),
    ("multi_in_out", oracle.multi_in_out, MULTI_IN_OUT),
)
CASES = [
    pytest.param(name, reference, family, mistake, id=f"{reference.__name__}-{index}-{mistake.id}")
    for name, reference, family in FAMILIES
    for index, mistake in enumerate(family)
]
Make = Callable[..., Property]


def diagnosed(item: Property, **code: Any) -> Diagnosis:
    """What is said of code, given as functions by name, in one property."""
    question = Question("question", "A question", (item,))
    examined = examine(question, draw(item, SEED), LocalAsker(code))
    assert not examined.holds
    return examined.diagnosis()


def corr2d(answer: Reference, make: Make = functions.values, mistakes: tuple[Mistake, ...] = ()) -> Diagnosis:
    """What is said of code that computes ``answer`` in the place of cross-correlation."""
    of = function("corr2d", SHAPES["corr2d"], oracle.cross_correlation, mistakes=mistakes or OF_CROSS_CORRELATION)
    return diagnosed(make(of, 1), corr2d=answer)


@pytest.mark.parametrize(("name", "reference", "family", "mistake"), CASES)
def test_code_that_makes_a_mistake_is_told_its_name(
    name: str, reference: Reference, family: tuple[Mistake, ...], mistake: Mistake
) -> None:
    def code(*operands: torch.Tensor) -> torch.Tensor:
        output = mistake.reference(*operands)
        return output if mistake.then is None else mistake.then(output)

    of = function(name, SHAPES[name], reference, mistakes=family)
    told = diagnosed(functions.values(of, 1), **{name: code})
    assert told == Diagnosis(mistake.id, mistake.does, mistake.advice)


@pytest.mark.parametrize("mistake", [*PARAMETERS, *RECEPTIVE_FIELD], ids=lambda mistake: mistake.id)
def test_a_wrong_count_is_told_its_name(mistake: NumberMistake, questions: Mapping[str, Question]) -> None:
    parameters, field = questions["count_and_field"].properties
    item, name = (parameters, "num_conv_params") if mistake in PARAMETERS else (field, "receptive_field")
    assert diagnosed(item, **{name: mistake.reference}).misconception == mistake.id


def test_a_mistake_that_explains_most_answers_is_not_named() -> None:
    def flipped_mostly(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return oracle.convolution(X, K) if X.shape[0] < 5 else oracle.cross_correlation(X, K) + 1

    told = corr2d(flipped_mostly)
    assert told.misconception == ""


def test_a_mistake_that_explains_the_wrong_answers_and_not_the_right_ones_is_not_named() -> None:
    def flipped_for_doubles(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return oracle.convolution(X, K) if X.dtype == torch.float64 else oracle.cross_correlation(X, K)

    told = corr2d(flipped_for_doubles)
    assert told.misconception == ""
    assert "all of those where the inputs are float32" in told.does


@pytest.mark.parametrize(
    "make",
    [functions.values, functions.views, functions.dtype_kept, functions.half_kept, functions.device_kept],
    ids=lambda make: make.__name__,
)
def test_every_property_of_a_function_knows_a_flipped_kernel(make: Make) -> None:
    def flipped(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return (X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1) * K.flip(0, 1)).sum((-2, -1))

    assert corr2d(flipped, make).misconception == "true_convolution"


def test_it_says_for_which_examples_the_answers_are_right() -> None:
    def square_only(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        Y = oracle.cross_correlation(X, K)
        return Y if K.shape[0] == K.shape[1] else Y + 1000 * torch.arange(Y.numel(), dtype=Y.dtype).reshape(Y.shape) + 1

    told = corr2d(square_only).does
    assert "examples are answered rightly: exactly those where K is square." in told
    assert "The wrong ones have the right shape, but other values." in told


def test_it_says_by_which_factor_the_answers_are_wrong() -> None:
    assert "The wrong ones are 3 times the right ones." in corr2d(lambda X, K: 3 * oracle.cross_correlation(X, K)).does


def test_it_says_that_only_the_sign_is_wrong() -> None:
    assert "right but for the sign" in corr2d(lambda X, K: -oracle.cross_correlation(X, K)).does


def test_it_says_that_the_factor_differs() -> None:
    told = corr2d(lambda X, K: (2 + X.shape[0]) * oracle.cross_correlation(X, K)).does
    assert "right up to a factor, which differs from example to example" in told


def test_it_says_what_is_added_to_every_element() -> None:
    assert "every element is too large by 7" in corr2d(lambda X, K: oracle.cross_correlation(X, K) + 7).does


def test_it_says_in_which_error_calls_end() -> None:
    def fails(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        raise KeyError("kernel")

    assert corr2d(fails).does == "No example is answered rightly. All wrong ones end in KeyError."


def test_nothing_in_common_is_said_of_a_wrong_answer_or_two() -> None:
    calls = []

    def wrong_once(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        calls.append(1)
        return oracle.cross_correlation(X, K) * (2 if len(calls) == 40 else 1)

    assert corr2d(wrong_once).does == "59 of 60 examples are answered rightly."


def test_an_unwritten_answer_is_called_so() -> None:
    def stub(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError

    assert corr2d(stub).misconception == "unwritten"


@pytest.mark.parametrize("said", ["", "\"lu_factor_cpu\" not implemented for 'Half'"])
def test_an_operation_that_pytorch_lacks_is_no_unwritten_answer(said: str) -> None:
    def half_refused(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        if X.dtype in (torch.float16, torch.bfloat16):
            raise NotImplementedError(said) if said else TypeError("no Half")
        return oracle.cross_correlation(X, K)

    assert corr2d(half_refused, functions.half_kept).misconception == "refuses_half"


def test_a_type_that_half_precision_alone_comes_out_in_is_not_said_of_others() -> None:
    def half_widened(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        wide = torch.promote_types(X.dtype, torch.float32)
        return oracle.cross_correlation(X.to(wide), K.to(wide))

    told = corr2d(half_widened, functions.half_kept)
    assert (told.misconception, told.does) == (
        "half_comes_out_as_float32",
        "Half-precision inputs come out as float32.",
    )


@pytest.mark.parametrize(
    "error",
    [ValueError("unsupported device"), NameError("name 'numpy' is not defined"), RuntimeError("no device gpu")],
    ids=str,
)
def test_an_error_of_another_kind_is_no_mistake_with_devices(error: Exception) -> None:
    def fails(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        raise error

    assert corr2d(fails, functions.device_kept).misconception == ""


def test_what_pytorch_says_of_devices_is_told_by_name() -> None:
    def on_the_cpu(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return oracle.cross_correlation(X, torch.ones_like(K, device="cpu")) if X.is_cpu else X + torch.ones(X.shape)

    def through_numpy(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return torch.from_numpy(X.numpy())

    ones = Mistake("other", "Other.", "Other.", lambda X, K: oracle.cross_correlation(X, 0 * K))
    assert corr2d(on_the_cpu, functions.device_kept, (ones,)).misconception == "mixes_devices"
    assert corr2d(through_numpy, functions.device_kept, (ones,)).misconception == "goes_through_numpy"


def test_of_a_cut_graph_no_cause_is_said() -> None:
    told = corr2d(torch.no_grad()(oracle.cross_correlation), functions.gradients)
    assert (told.misconception, told.does) == ("graph_cut", "The output is right, but no gradient gets through it.")


def test_values_near_those_of_float32_are_not_called_single_precision() -> None:
    def lossy(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return oracle.cross_correlation(X, K) * (1 + (1e-9 if X.dtype == torch.float64 else 0))

    def single(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return oracle.cross_correlation(X.float(), K.float()).to(X.dtype)

    assert corr2d(lossy).misconception == ""
    assert corr2d(single).misconception == "single_precision"


def test_an_error_that_speaks_of_a_view_is_not_taken_for_pytorchs() -> None:
    def fails(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        if not X.is_contiguous():
            raise ValueError("a view of the data cannot be reviewed")
        return oracle.cross_correlation(X, K)

    def views(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return oracle.cross_correlation(X.view(-1).reshape(X.shape), K)

    assert corr2d(fails, functions.views).misconception == ""
    assert corr2d(views, functions.views).misconception == "needs_contiguous"


def test_what_is_never_finite_is_not_said_to_spread() -> None:
    def never(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return oracle.cross_correlation(X, K) / 0 * 0

    def spreads(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return oracle.cross_correlation(X, K) + 0 * X.sum()

    assert corr2d(never, functions.non_finite).misconception == "no_finite_output"
    assert corr2d(spreads, functions.non_finite).misconception == "spreads_nan"


def test_it_says_that_the_shape_is_another() -> None:
    told = corr2d(lambda X, K: oracle.cross_correlation(X, K)[None])
    assert "The wrong ones have another shape than the one that is asked for." in told.does


def test_a_missing_name_is_called_so() -> None:
    of = function("corr2d", SHAPES["corr2d"], oracle.cross_correlation)
    assert diagnosed(functions.values(of, 1), other=lambda: None).misconception == "undefined"


def test_an_answer_that_no_comparison_was_made_for_is_no_reason_to_stop() -> None:
    told = corr2d(lambda X, K: {"Y": 1})
    assert told.misconception == ""
    assert told.does == "No example is answered rightly."


def test_a_count_is_compared_by_its_traits() -> None:
    def no_strides(layers: list[tuple[int, int]]) -> int:
        return receptive_field(layers) if all(stride == 1 for _, stride in layers) else -5

    layers = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2)), max_size=3)
    traits = {"all strides are 1": lambda case: all(stride == 1 for _, stride in case["arguments"][0])}
    item = plain.number("receptive_field", "id", "It is right.", 1, st.tuples(layers), receptive_field, traits=traits)
    assert "exactly those where all strides are 1" in diagnosed(item, receptive_field=no_strides).does
