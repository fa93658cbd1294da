"""Properties of a tensor function's values."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, Opaque, Raised, Returned, TensorValue, describe
from autograder.probe.steps import Programme
from autograder.properties import strategies
from autograder.properties.function_property import Judge, diagnosed, observed, right_first
from autograder.properties.pictures import answer_grids
from autograder.properties.property import (
    Misconception,
    Property,
    TensorWanted,
    Wrong,
    judged_by,
    raised,
    show,
    value_of,
)
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import Operands, TensorFunction, verify_tensor
from autograder.results import Grid


@diagnosed
def values(of: TensorFunction, points: float, *, cause: str = "", examples: int = 60) -> Property:
    """Right values on whole numbers and fractions, small and large, in both float types."""
    sentence = "Every output is right: shape and values, for square and rectangular inputs of any size."
    return _valued(of, "values", sentence, points, strategies.operands(of.shapes), cause, examples)


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
        return isinstance(answer, Raised) and ("contiguous" in answer.message or "view" in answer.message)

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
        same = isinstance(got, TensorValue) and got.data.shape == want.value.shape and got.data.is_floating_point()
        return same and want.worst(got.data.double(), dtype) is None

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
            "Every output is NaN or infinite.",
            "Look for a division by zero, or for torch.empty whose elements are never written.",
            lambda case, answers: is_nan(answers),
        ),
    )


@diagnosed
def non_finite(of: TensorFunction, points: float) -> Property:
    """A NaN or infinity in X spoils exactly the outputs whose window covers it."""

    def covered_by_bad(case: Case) -> torch.Tensor:
        first, *others = of.operands(case)
        ones = {name: torch.ones_like(case[name], dtype=torch.float64) for name in others}
        return of.computed({first: (~case[first].isfinite()).double()} | ones) != 0

    def verify(case: Case, answers: Answers) -> None:
        first, *others = case
        bad, covered = ~case[first].isfinite(), covered_by_bad(case)
        want = of.wanted({first: torch.where(bad, 0, case[first])} | {name: case[name] for name in others})
        tensor = TensorWanted(tuple(want.value.shape)).of(of.output(answers))
        spoiled = ~tensor.data.isfinite()
        if not torch.equal(spoiled, covered):
            raise Wrong(
                f"non-finite outputs at {_where(spoiled)}",
                f"non-finite outputs at {_where(covered)}",
                "Elements outside the window take part: zeros times NaN are NaN "
                "(matrices full of zeros and Fourier transforms do this).",
            )
        _verify_untouched(of, case, tensor, covered)

    def spoiled(case: Case, answers: Answers) -> torch.Tensor:
        output = of.output(answers)
        if not isinstance(output, TensorValue) or output.data.shape != covered_by_bad(case).shape:
            raise Wrong(describe(output), "a tensor of the right shape")
        return ~output.data.isfinite()

    def hides_them(case: Case, answers: Answers) -> bool:
        if bool(spoiled(case, answers).any()):
            return False
        _verify_untouched(of, case, of.output(answers), covered_by_bad(case))
        return True

    def spreads_them(case: Case, answers: Answers) -> bool:
        bad, covered = spoiled(case, answers), covered_by_bad(case)
        return bool((bad >= covered).all()) and not torch.equal(bad, covered)

    def picture(case: Case, answers: Answers) -> tuple[Grid, ...]:
        output, covered = of.output(answers), covered_by_bad(case)
        if not isinstance(output, TensorValue) or output.data.shape != covered.shape:
            return ()
        wrong = (~output.data.isfinite() != covered).nonzero()
        finite = of.wanted({name: operand.nan_to_num(0, 0, 0) for name, operand in case.items()}).value
        want = torch.where(covered, torch.nan, finite)
        place = tuple(int(index) for index in wrong[0]) if len(wrong) else None
        return answer_grids(of.computed, case, output.data, want, place)

    judge = judged_by(verify, of.written)
    return Property(
        "non_finite",
        "A NaN or infinity in the input spoils only the outputs whose window covers it.",
        points,
        strategies.spoiled(of.shapes),
        lambda case: (of.stage(case),),
        judge,
        examples=20,
        misconceptions=(
            observed(
                judge,
                "hides_nan",
                "NaN and infinity are replaced by numbers: no output shows them.",
                "Let them through: a NaN says that something is wrong, and should be seen.",
                hides_them,
            ),
            observed(
                judge,
                "spreads_nan",
                "Outputs whose window does not cover the NaN or infinity are spoiled too.",
                "Multiply the window's own elements only: zero times NaN is NaN.",
                spreads_them,
            ),
        ),
        picture=picture,
    )


def _verify_untouched(of: TensorFunction, case: Case, value: Any, covered: torch.Tensor) -> None:
    """Raises Wrong unless the outputs are right that no NaN or infinity reaches."""
    first, *others = of.operands(case)
    finite = {first: torch.where(case[first].isfinite(), case[first], 0)} | {name: case[name] for name in others}
    want = of.wanted(finite)
    tensor = TensorWanted(tuple(want.value.shape)).of(value)
    untouched = replace(want, value=torch.where(covered, 0, want.value))
    verify_tensor(TensorValue(torch.where(covered, 0, tensor.data)), untouched, case[first].dtype)


def _where(mask: torch.Tensor) -> str:
    places = mask.nonzero().tolist()
    rest = ", …" if len(places) > 6 else ""
    return ", ".join(str(place) for place in places[:6]) + rest if places else "no place"


@diagnosed
def refuses_large_kernels(of: TensorFunction, points: float) -> Property:
    """A kernel that fits is answered, one that does not fit is refused with an error."""

    def fitting(case: Case) -> Operands:
        return {"X": case["X"], "K": case["K"]}

    def too_large(case: Case) -> Operands:
        return {"X": case["X"], "K": case["large"]}

    def probe(case: Case) -> Programme:
        return of.stage(fitting(case)), of.stage(too_large(case), name="refused")

    def verify(case: Case, answers: Answers) -> None:
        right_first(of, fitting(case), of.output(answers))
        answer = answers.get("refused")
        if not isinstance(answer, Raised) or answer.type_name in ("NotImplementedError", "NameError"):
            got = describe(answer.value) if isinstance(answer, Returned) else raised(answer, "").got
            raise Wrong(
                got,
                "an error such as ValueError",
                "Compare K's height and width with X's before anything else, and raise ValueError.",
            )

    def answer(answers: Answers) -> Any:
        got = answers.get("refused")
        return got.value if isinstance(got, Returned) else raised(got, "")

    def is_empty(case: Case, answers: Answers) -> bool:
        got = answer(answers)
        return isinstance(got, TensorValue) and not got.data.numel()

    judge = judged_by(verify, lambda case: f"{of.written(fitting(case))}\nand with K = {show(case['large'])}")
    advice = "Compare K's height and width with X's before anything else, and raise ValueError."
    return Property(
        "too_large",
        "A kernel larger than the input is refused with an error, not answered with an empty tensor.",
        points,
        strategies.too_large_kernels(),
        probe,
        judge,
        examples=15,
        misconceptions=(
            observed(
                judge,
                "returns_none_for_large_kernels",
                "A kernel that does not fit is answered with None.",
                advice,
                lambda case, answers: answer(answers) is None,
            ),
            observed(
                judge, "empty_for_large_kernels", "A kernel that does not fit gets an empty output.", advice, is_empty
            ),
            observed(
                judge,
                "answers_large_kernels",
                "A kernel that does not fit is answered with numbers.",
                advice,
                lambda case, answers: isinstance(answer(answers), TensorValue) and not is_empty(case, answers),
            ),
        ),
    )
