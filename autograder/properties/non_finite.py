"""The property that a NaN or infinity goes where it belongs."""

from dataclasses import replace
from typing import Any

import torch

from autograder.probe.answers import Answers, TensorValue, describe
from autograder.properties import strategies
from autograder.properties.function_property import diagnosed, observed
from autograder.properties.pictures import answer_grids
from autograder.properties.property import (
    Property,
    TensorWanted,
    Wrong,
    judged_by,
)
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import Operands, TensorFunction, verify_tensor
from autograder.results import Grid

NEVER_FINITE = (
    "Every output is NaN or infinite.",
    "Look for a division by zero, or for torch.empty whose elements are never written.",
)


@diagnosed
def non_finite(of: TensorFunction, points: float) -> Property:
    """A NaN or infinity in X spoils exactly the outputs whose window covers it."""

    def healed(case: Case) -> Operands:
        return {name: torch.where(case[name].isfinite(), case[name], 0) for name in of.operands(case)}

    def covered_by_bad(case: Case) -> torch.Tensor:
        first, *others = of.operands(case)
        ones = {name: torch.ones_like(case[name], dtype=torch.float64) for name in others}
        bad = (~case[first].isfinite()).double()
        return of.computed({first: bad} | ones) != of.computed({first: torch.zeros_like(bad)} | ones)

    def verify(case: Case, answers: Answers) -> None:
        covered = covered_by_bad(case)
        want = of.wanted(healed(case))
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
        healthy = of.output(answers, "Y_healed")
        spreads = isinstance(healthy, TensorValue) and bool(healthy.data.isfinite().all())
        return spreads and bool((bad >= covered).all()) and not torch.equal(bad, covered)

    def is_never_finite(case: Case, answers: Answers) -> bool:
        healthy = of.output(answers, "Y_healed")
        is_bad = isinstance(healthy, TensorValue) and not bool(healthy.data.isfinite().any())
        return is_bad and bool(spoiled(case, answers).all())

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
        # Answered without the NaN too, which tells code that spreads it from code that never has another answer.
        lambda case: (of.stage(case), of.stage(healed(case), name="Y_healed")),
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
            observed(judge, "no_finite_output", *NEVER_FINITE, is_never_finite),
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
