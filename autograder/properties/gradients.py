"""The property that gradients flow back through a function."""

from collections.abc import Callable
from typing import Any

import torch
from hypothesis import strategies as st

from autograder.probe.answers import Answers, Returned, TensorValue
from autograder.probe.steps import Backward, Input, Programme, Read, Ref, Stage
from autograder.properties import strategies
from autograder.properties.function_property import Judge, diagnosed, observed, right_first
from autograder.properties.pictures import comparison_grids, fitting, grid
from autograder.properties.property import Misconception, Property, Wrong, judged_by, show, value_of
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import TensorFunction, verify_tensor
from autograder.properties.tolerance import Expected, working_dtype
from autograder.results import Grid


@diagnosed
def gradients(of: TensorFunction, points: float) -> Property:
    """The gradients of every operand agree with autograd's of the reference, for a drawn upstream gradient."""

    @st.composite
    def strategy(draw: st.DrawFn) -> dict[str, torch.Tensor]:
        case = draw(strategies.operands(of.shapes, magnitudes=(1.0, 1e2)))
        if draw(st.booleans()):  # a factor of zero still has a gradient, which code that skips zeros forgets
            name = draw(st.sampled_from([*case][1:] or [*case]))
            case[name] = draw(strategies.with_a_zero(case[name]))
        shape = tuple(of.wanted(case).value.shape)
        dtype = next(iter(case.values())).dtype
        return {**case, "G": draw(strategies.integers(shape, dtype))}

    def probe(case: Case) -> Programme:
        reads = (Read(f"d{name}", source) for name, source in of.gradients.items())
        upstream = Stage({"G": Input.like(case["G"])}, (Backward(of.output_ref(), Ref("G")), *reads))
        return of.stage(of.operands(case), grad=True), upstream

    def verify(case: Case, answers: Answers) -> None:
        output = right_first(of, of.operands(case), of.output(answers))
        if output.data.shape != case["G"].shape:
            return  # right only for somebody who holds a mistake right: no gradient of G's shape goes back through it
        wanted = of.wanted_gradients(of.operands(case), case["G"])
        if not output.requires_grad:
            raise Wrong(
                "an output that no gradient can reach",
                "gradients for " + ", ".join(wanted),
                "The output is built from plain numbers: .item(), float(), .data or torch.tensor(...) cut the graph.",
            )
        dtype = working_dtype(case["G"].dtype, output.data.dtype)
        for name, want in wanted.items():
            verify_gradient(name, value_of(answers, f"d{name}"), want, dtype)

    judge = judged_by(verify, lambda case: of.written(case) + f".backward({show(case['G'])})")
    return Property(
        "gradients",
        "Gradients flow back to every input, with autograd's values.",
        points,
        strategy(),
        probe,
        judge,
        "Part of the graph is cut (.item(), .data, .detach(), no_grad) or an input is left out.",
        30,
        misconceptions=_lost_gradients(judge, of),
        picture=lambda case, answers: of.picture(case, answers) or _gradient_picture(of, case, answers),
    )


def _gradient_picture(of: TensorFunction, case: Case, answers: Answers) -> tuple[Grid, ...]:
    """The operands, the upstream gradient, and the first gradient that is wrong beside the right one."""
    operands = [grid(name, tensor) for name, tensor in (*of.operands(case).items(), ("G", case["G"])) if tensor.dim()]
    for name, want in of.wanted_gradients(of.operands(case), case["G"]).items():
        answer = answers.get(f"d{name}")
        if isinstance(answer, Returned) and isinstance(answer.value, TensorValue):
            got = answer.value.data.double()
            wrong = want.worst(got, case["G"].dtype) if got.shape == want.value.shape else None
            if wrong is not None:
                compared = comparison_grids(f"{name}.grad, got", got, f"{name}.grad, want", want.value, wrong)
                return fitting([*operands, *compared])
    return ()


def _lost_gradients(judge: Judge, of: TensorFunction) -> tuple[Misconception, ...]:
    def cut(case: Case, answers: Answers) -> bool:
        return not right_first(of, of.operands(case), of.output(answers)).requires_grad

    def lost(operand: str) -> Callable[[Case, Answers], bool]:
        def shows(case: Case, answers: Answers) -> bool:
            right_first(of, of.operands(case), of.output(answers))
            wanted = of.wanted_gradients(of.operands(case), case["G"])
            return {name for name in wanted if answers.get(f"d{name}") == Returned(None)} == {operand}

        return shows

    return (
        observed(
            judge,
            "graph_cut",
            "The output is right, but no gradient gets through it.",
            "Look for .item(), float(), .data, .detach(), .numpy(), torch.tensor(...) and torch.no_grad().",
            cut,
        ),
        *(
            observed(
                judge,
                f"{operand}_detached",
                f"The output is right, but no gradient reaches {operand}.",
                f"Look for .data, .detach() or .item() where {operand} is used.",
                lost(operand),
            )
            for operand in of.gradients
        ),
    )


def verify_gradient(name: str, value: Any, want: Expected, dtype: torch.dtype) -> None:
    """Raises Wrong unless ``value`` is the gradient that is wanted of the operand of this name."""
    if value is None:
        raise Wrong(f"no gradient for {name}", f"a gradient of shape {tuple(want.value.shape)} for {name}")
    try:
        verify_tensor(value, want, dtype)
    except Wrong as wrong:
        raise Wrong(f"{name}.grad: {wrong.got}", f"{name}.grad: {wrong.want}", wrong.cause) from None
