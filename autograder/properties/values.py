"""Properties of a tensor function's values."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, Opaque, Raised, TensorValue
from autograder.properties import strategies
from autograder.properties.function_property import Judge, diagnosed, observed, prove_mistakes
from autograder.properties.non_finite import NEVER_FINITE
from autograder.properties.property import Misconception, Property, Wrong, judged_by, value_of
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import Operands, TensorFunction

EVERY_OUTPUT = "Every output is right: shape and values, for square and rectangular inputs of any size."


@diagnosed
def values(
    of: TensorFunction, points: float, *, cause: str = "", examples: int = 60, sentence: str = EVERY_OUTPUT
) -> Property:
    """Right values on whole numbers and fractions, small and large, in both float types."""
    item = _valued(of, "values", sentence, points, strategies.operands(of.shapes), cause, examples)
    return replace(item, simpler=of.simpler, prove=lambda cases: prove_mistakes([(of, case) for case in cases]))


@diagnosed
def impulse(of: TensorFunction, points: float, *, cause: str) -> Property:
    """Right values on an impulse, which shows the kernel itself."""
    sentence = "An input of zeros with a single 1 brings out the kernel, flipped, around the place of the 1."
    return _valued(of, "impulse", sentence, points, strategies.one_hot(of.shapes), cause, 20)


@diagnosed
def views(of: TensorFunction, points: float) -> Property:
    """Right values whatever the operands' memory layout."""
    sentence = "Transposed, strided and expanded tensors give the same values as plain ones."
    cause = (
        "If plain tensors are answered wrongly too, put those right first. "
        "If not, the memory is read directly (as_strided, view, data_ptr) as if the tensor were contiguous."
    )
    item = _valued(of, "views", sentence, points, strategies.viewed_operands(of.shapes), cause, 30)
    return replace(item, misconceptions=(*_memory_mistakes(of, item.judge), *item.misconceptions))


def _memory_mistakes(of: TensorFunction, judge: Judge) -> tuple[Misconception, ...]:
    """Mistakes in how the operands' memory is read."""

    def as_if_contiguous(tensor: torch.Tensor) -> torch.Tensor:
        strides = tensor.contiguous().stride()
        return tensor.as_strided(tensor.shape, strides, tensor.storage_offset())

    def misread(operands: Operands, names: Sequence[str], answers: Answers) -> bool:
        try:
            reading = {name: as_if_contiguous(one) if name in names else one for name, one in operands.items()}
        except RuntimeError:  # beyond the end of the memory
            return isinstance(answers.get("Y"), Raised)
        return _is_right(of, reading, answers)

    def is_read_in_order(case: Case, answers: Answers) -> bool:
        operands = of.operands(case)
        return any(misread(operands, names, answers) for names in (*([name] for name in operands), [*operands]))

    def is_refused(case: Case, answers: Answers) -> bool:
        answer = answers.get("Y")
        return isinstance(answer, Raised) and ("contiguous" in answer.message or "view size" in answer.message)

    return (
        observed(
            judge,
            "memory_order_assumed",
            "The memory is read as if the tensor were contiguous: a transposed or strided one is misread.",
            "Take the strides from X.stride(), or use slices, which know them.",
            is_read_in_order,
        ),
        observed(
            judge,
            "needs_contiguous",
            "Tensors that are views of others end in an error: their elements do not lie one after another.",
            "Use reshape in place of view, or slices.",
            is_refused,
        ),
    )


def _is_right(of: TensorFunction, operands: Operands, answers: Answers) -> bool:
    try:
        of.verify(operands, of.output(answers))
    except (Wrong, RuntimeError):
        return False
    return True


def _valued(
    of: TensorFunction, id: str, sentence: str, points: float, strategy: SearchStrategy[Any], cause: str, examples: int
) -> Property:
    def verify(case: Case, answers: Answers) -> None:
        of.verify(case, of.output(answers))

    return Property(
        id,
        sentence,
        points,
        strategy,
        lambda case: (of.stage(case),),
        judged_by(verify, of.written),
        cause,
        examples,
        misconceptions=_kinds_of_answer(of),
    )


def _kinds_of_answer(of: TensorFunction) -> tuple[Misconception, ...]:
    """Mistakes in what kind of thing is returned, whatever its values."""

    def value(answers: Answers) -> Any:
        return of.output(answers)

    def is_whole(answers: Answers) -> bool:
        got = value(answers)
        return isinstance(got, TensorValue) and not got.data.is_floating_point() and not got.data.is_complex()

    def within(dtype: torch.dtype, case: Case, answers: Answers) -> bool:
        got, want = value(answers), of.wanted(of.operands(case))
        if not isinstance(got, TensorValue) or got.data.shape != want.value.shape or not got.data.is_floating_point():
            return False
        # A lossy algorithm may come as near; only what was computed in the type has no more digits than it.
        exact = got.data.double()
        return torch.equal(exact.to(dtype).double(), exact) and want.worst(exact, dtype) is None

    one_value = (
        Misconception(
            "one_value_only",
            f"One tensor is returned where {of.parts} are asked for.",
            "Return them all, with commas between them.",
            lambda case, answers: isinstance(value_of(answers, "Y"), TensorValue),
        ),
    ) * (of.part is not None)

    def is_nan(answers: Answers) -> bool:
        got = value(answers)
        return isinstance(got, TensorValue) and got.data.numel() > 0 and not bool(got.data.isfinite().any())

    return (
        *one_value,
        Misconception(
            "returns_a_list",
            "A list or tuple is returned, and not a tensor.",
            "Collect the numbers with torch.stack, or write them into X.new_zeros(shape).",
            lambda case, answers: isinstance(value(answers), tuple),
        ),
        Misconception(
            "returns_an_array",
            "A NumPy array is returned, and not a tensor.",
            "Stay with PyTorch's own functions: NumPy knows neither gradients nor GPUs.",
            lambda case, answers: value(answers) == Opaque("ndarray"),
        ),
        Misconception(
            "whole_number_output",
            "The output is made of whole numbers: it has an integer dtype, which cuts fractions off.",
            "Make the output with X.new_zeros(shape), which has X's dtype.",
            lambda case, answers: is_whole(answers),
        ),
        Misconception(
            "single_precision",
            "The values are right to some seven digits only, as those of float32, whatever comes in.",
            "Stay in X's own dtype.",
            lambda case, answers: within(torch.float32, case, answers),
        ),
        Misconception(
            "half_precision",
            "The values are right to some three digits only, as those of half precision, whatever comes in.",
            "Stay in X's own dtype.",
            lambda case, answers: within(torch.bfloat16, case, answers),
        ),
        Misconception(
            "no_finite_output",
            *NEVER_FINITE,
            lambda case, answers: is_nan(answers),
        ),
    )
