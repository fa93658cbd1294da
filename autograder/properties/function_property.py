"""What the properties of a tensor function share: how a wrong answer is explained, and what comes first."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import torch

from autograder.probe.answers import Answers, Raised, TensorValue
from autograder.properties.property import Finding, Misconception, Property, Wrong, no_grids, nothing_to_prove
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import Mistake, Operands, ReferenceFailed, TensorFunction
from autograder.properties.traits import operand_traits

Judge = Callable[[Case, Answers], Finding | None]
Parameters = ParamSpec("Parameters")


Make = Callable[Concatenate[TensorFunction, Parameters], Property]


def diagnosed(make: Make[Parameters]) -> Make[Parameters]:
    """Adds to a property all that tells what wrong answers have in common.

    A mistake explains an answer when the answer would be right for somebody who held the mistake to be right: so each
    of the function's mistakes is judged by this very property, with the mistake in the reference's place.
    """

    @wraps(make)
    def made(of: TensorFunction, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Property:
        item = make(of, *args, **kwargs)
        mistaken = [_held_right(one, of, make(of.mistaking(one), *args, **kwargs).judge) for one in of.mistakes]
        return replace(
            item,
            misconceptions=(*mistaken, *item.misconceptions),
            traits=operand_traits(tuple(of.gradients)),
            likeness=of.likeness,
            prove=of.prove if item.prove is nothing_to_prove else item.prove,
            picture=of.picture if item.picture is no_grids else item.picture,
        )

    return made


def prove_mistakes(asked: Sequence[tuple[TensorFunction, Case]]) -> None:
    """Raises ReferenceFailed when the reference of a case's function, or one of the function's mistakes, is none.

    The functions may differ in their settings, and not in the ids of their mistakes.
    """
    for of in {id(of): of for of, _ in asked}.values():
        of.prove([case for one, case in asked if one is of])
    for place, mistake in enumerate(asked[0][0].mistakes):
        held = [(of, of.mistakes[place], of.operands(case)) for of, case in asked]
        failures = [failure for one in held if (failure := _failure(*one))]
        if len(failures) == len(held) and not mistake.refuses:
            raise ReferenceFailed(
                f"The mistake {mistake.id} of {held[0][0].call} raises an error on every drawn example.",
                failures[0].what,
                "Mend its reference: it takes the same operands as the right one, and may raise only where code that "
                "makes the mistake would.",
            )
        if not any(_differs(*one) for one in held):
            raise ReferenceFailed(
                f"The mistake {mistake.id} of {held[0][0].call} can explain nothing.",
                "On no drawn example does its reference give another answer than the right one.",
                "Mend its reference: it takes the same operands as the right one.",
            )


def _failure(of: TensorFunction, mistake: Mistake, operands: Operands) -> ReferenceFailed | None:
    try:
        of.mistaking(mistake).wanted(operands)
    except ReferenceFailed as failed:
        return failed
    return None


def _differs(of: TensorFunction, mistake: Mistake, operands: Operands) -> bool:
    try:
        wrong = of.mistaking(mistake).wanted(operands).value
    except ReferenceFailed:
        return mistake.refuses
    want = of.wanted(operands)
    return wrong.shape != want.value.shape or want.worst(wrong, torch.float64) is not None


def _held_right(mistake: Mistake, of: TensorFunction, judge: Judge) -> Misconception:
    def explains(case: Case, answers: Answers) -> bool:
        try:
            of.mistaking(mistake).computed({name: one.double() for name, one in of.operands(case).items()})
        except (RuntimeError, ValueError, IndexError):
            return isinstance(answers.get("Y"), Raised)
        return judge(case, answers) is None

    return Misconception(mistake.id, mistake.does, mistake.advice, explains, by_value=not mistake.refuses)


def observed(judge: Judge, id: str, does: str, advice: str, shows: Callable[[Case, Answers], bool]) -> Misconception:
    """A mistake that shows in every wrong answer, and may stay unseen in right ones."""
    return Misconception(id, does, advice, lambda case, answers: judge(case, answers) is None or shows(case, answers))


def right_first(of: TensorFunction, operands: Operands, value: Any) -> TensorValue:
    """``value`` as the right tensor; where it is none, that comes before what the property is about."""
    try:
        return of.verify(operands, value)
    except Wrong as wrong:
        cause = wrong.cause or "The values themselves are wrong here: put those right before this property."
        raise Wrong(wrong.got, wrong.want, cause) from None
