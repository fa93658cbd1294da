"""Properties of what a call does besides returning, and of what it remembers."""

from dataclasses import replace
from typing import Any

import torch
from hypothesis import strategies as st

from autograder.probe.answers import Answers, Effects, Returned, TensorValue
from autograder.probe.steps import Call, Fill, Input, Programme, Read, Ref, Stage, Step
from autograder.properties import strategies
from autograder.properties.function_property import diagnosed, observed, right_first
from autograder.properties.property import Property, Wrong, judged_by, value_of
from autograder.properties.strategies import Case, Shapes
from autograder.properties.tensor_function import Operands, TensorFunction

# What is drawn after a call shows whether it set a seed, or drew numbers itself: not this seed, which nobody sets.
SEED = 20_261
# The CPU's generator alone: torch.manual_seed also leaves a note, with a stack trace, for each kind of device.
SEEDED = Call("seeded", "torch.default_generator.manual_seed", (SEED,))
DRAWN = Call("drawn", "torch.rand", (4,), {"dtype": torch.float64})
UNTOUCHED = torch.rand(4, generator=torch.Generator().manual_seed(SEED), dtype=torch.float64)


@diagnosed
def pure(of: TensorFunction, points: float) -> Property:
    """A call leaves its inputs and PyTorch's global settings alone."""

    def probe(case: Case) -> Programme:
        # What the process says of the call's effects is its own word; what it answers and draws afterwards shows them.
        stage = of.stage(case)
        *making, call = stage.steps  # a layer is made once, with random numbers, and called twice
        again = of.stage(case, name="Y_again").steps[-1]
        return (replace(stage, steps=(*making, SEEDED, _watched(call), DRAWN, again)),)

    def verify(case: Case, answers: Answers) -> None:
        right_first(of, case, of.output(answers))
        effects = _effects(answers, "Y")
        if effects.changed_inputs:
            raise Wrong(
                f"{' and '.join(effects.changed_inputs)} changed by the call",
                "inputs as they were",
                "An in-place operation (+=, *=, X[...] = ..., a method ending in _) works on an input.",
            )
        if effects.changed_state:
            raise Wrong(f"{' and '.join(effects.changed_state)} changed by the call", "global settings as they were")
        if not _same_values(value_of(answers, "drawn"), TensorValue(UNTOUCHED)):
            raise Wrong("PyTorch's random state changed by the call", "global settings as they were")
        try:
            of.verify(case, of.output(answers, "Y_again"))
        except Wrong as wrong:
            raise Wrong(wrong.got, wrong.want, "Called again with the same inputs, it gives another answer.") from None

    judge = judged_by(verify, of.written)
    return Property(
        "pure",
        "The inputs and PyTorch's global settings are the same after the call as before.",
        points,
        strategies.operands(of.shapes),
        probe,
        judge,
        examples=20,
        misconceptions=(
            observed(
                judge,
                "changes_its_inputs",
                "The call changes its own inputs.",
                "Look for +=, *=, X[...] = ... and methods that end in _; work on a new tensor.",
                lambda case, answers: bool(_effects(answers, "Y").changed_inputs),
            ),
            observed(
                judge,
                "changes_global_settings",
                "The call leaves PyTorch's global settings otherwise than they were.",
                "Leave seeds, default types and gradient mode alone; X.new_zeros(shape) needs none of them.",
                lambda case, answers: bool(_effects(answers, "Y").changed_state),
            ),
        ),
    )


@diagnosed
def fresh(of: TensorFunction, points: float, *, window: bool = False) -> Property:
    """Each call makes its own output: no memory shared with an input, nothing remembered from call to call.

    window: the second operand is a kernel that slides, so that one of 1 by 1 goes with every first operand.
    """

    @st.composite
    def strategy(draw: st.DrawFn) -> dict[str, torch.Tensor]:
        shapes = draw(strategies.shapes_of_tensors(of.shapes))
        if window and draw(st.booleans()):
            shapes = _kernel_of_one(shapes)
        first = {name: draw(strategies.integers(shape)) for name, shape in shapes.items()}
        if draw(st.booleans()):
            first |= {name: torch.ones_like(first[name]) for name in list(first)[1:]}
        again = {f"{name}_again": draw(strategies.integers(shape)) for name, shape in shapes.items()}
        return first | again

    def halves(case: Case) -> tuple[Operands, Operands]:
        first = {name: tensor for name, tensor in case.items() if not name.endswith("_again")}
        return first, {name: case[f"{name}_again"] for name in first}

    def probe(case: Case) -> Programme:
        # New data in the same tensors, so that neither their shapes nor the objects themselves tell the calls apart.
        first, again = halves(case)
        fresh_data = {f"{name}_again": Input.like(tensor) for name, tensor in again.items()}
        refill = tuple(Fill(Ref(name), Ref(f"{name}_again")) for name in again)
        call = of.stage(again, name="Y_again").steps
        stage = of.stage(first)
        first_call = replace(stage, steps=(*stage.steps[:-1], _watched(stage.steps[-1])))
        return first_call, Stage(fresh_data, (*refill, *call)), Stage({}, (Read("Y_still", Ref("Y")),))

    def verify(case: Case, answers: Answers) -> None:
        first, again = halves(case)
        right_first(of, first, of.output(answers))
        shared = _effects(answers, "Y").shares_storage_with
        if shared:
            raise Wrong(
                f"an output that shares memory with {shared[0]}",
                "an output with memory of its own",
                "For a kernel of one element the output may be a view of the input; clone it or compute a product.",
            )
        kept = _same_values(of.output(answers), of.output(answers, "Y_again"))
        try:
            of.verify(again, of.output(answers, "Y_again"))
            kept = True
            of.verify(first, of.output(answers, "Y_still"))
        except Wrong as wrong:
            cause = "Something is kept from an earlier call." if kept else wrong.cause
            raise Wrong(wrong.got, wrong.want, cause) from None

    def written(case: Case) -> str:
        first, again = halves(case)
        return f"{of.written(first)}\nand then once more with\n{of.written(again)}"

    def is_repeated(case: Case, answers: Answers) -> bool:
        right_first(of, halves(case)[0], of.output(answers))
        return _same_values(of.output(answers), of.output(answers, "Y_again"))

    def is_overwritten(case: Case, answers: Answers) -> bool:
        right_first(of, halves(case)[0], of.output(answers))
        return not _same_values(of.output(answers), of.output(answers, "Y_still"))

    judge = judged_by(verify, written)
    return Property(
        "fresh",
        "Every call computes a new output from its own inputs.",
        points,
        strategy(),
        probe,
        judge,
        examples=15,
        misconceptions=(
            observed(
                judge,
                "returns_its_input",
                "The output is a view of an input: who changes the one changes the other.",
                "Return a product or a clone, also where the kernel has one element.",
                lambda case, answers: bool(_effects(answers, "Y").shares_storage_with),
            ),
            observed(
                judge,
                "remembers_answers",
                "A second call with new numbers in tensors of the same shapes gives the first call's answer.",
                "Compute every answer anew; what a cache knows a tensor by says nothing of what is in it.",
                is_repeated,
            ),
            observed(
                judge,
                "reuses_its_output",
                "A later call writes into the output of an earlier one.",
                "Make a new output tensor inside the function.",
                is_overwritten,
            ),
        ),
    )


def _same_values(one: Any, other: Any) -> bool:
    return isinstance(one, TensorValue) and isinstance(other, TensorValue) and torch.equal(one.data, other.data)


def _kernel_of_one(shapes: Shapes) -> Shapes:
    """The same shapes with a kernel of 1 by 1, for which returning the input itself is tempting."""
    kernel = list(shapes)[1]
    return {**shapes, kernel: (*shapes[kernel][:-2], 1, 1)}


def _watched(call: Step) -> Call:
    assert isinstance(call, Call)
    return replace(call, watched=True)


def _effects(answers: Answers, name: str) -> Effects:
    """What a call did besides returning; it is known by now that it returned."""
    answer = answers[name]
    assert isinstance(answer, Returned)
    return answer.effects
