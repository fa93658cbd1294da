"""The property of a function of plain values that it returns the right number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, Raised, TensorValue, describe
from autograder.probe.steps import Call, Stage
from autograder.properties.function_property import observed
from autograder.properties.property import Misconception, Property, Trait, Wrong, judged_by, value_of
from autograder.properties.strategies import Case


@dataclass(frozen=True)
class NumberMistake:
    """A mistake of this name, and the number that comes of it. does, advice: as in a Misconception.

    reference: what code that makes it computes; it may raise where such code would. refuses: whether an error is all
    that it is seen by.
    """

    id: str
    does: str
    advice: str
    reference: Callable[..., int]
    refuses: bool = False


def number(
    name: str,
    id: str,
    sentence: str,
    points: float,
    arguments: SearchStrategy[tuple[Any, ...]],
    reference: Callable[..., int],
    *,
    cause: str = "",
    examples: int = 40,
    mistakes: tuple[NumberMistake, ...] = (),
    traits: Mapping[str, Trait] | None = None,
) -> Property:
    """A function of plain arguments returns the int that ``reference`` returns."""

    def verify(case: Case, answers: Answers, reference: Callable[..., int] = reference) -> None:
        want = reference(*case["arguments"])
        value = value_of(answers, "value")
        if isinstance(value, TensorValue) and value.data.numel() == 1:
            value = value.data.item()
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != want:
            raise Wrong(describe(value), str(want))

    def held_right(mistake: NumberMistake) -> Misconception:
        def explains(case: Case, answers: Answers) -> bool:
            try:
                verify(case, answers, mistake.reference)
            except Wrong:
                return False
            except (TypeError, ValueError, IndexError):
                return isinstance(answers.get("value"), Raised)
            return True

        return Misconception(mistake.id, mistake.does, mistake.advice, explains, by_value=not mistake.refuses)

    judge = judged_by(verify, lambda case: f"{name}({', '.join(repr(item) for item in case['arguments'])})")
    bool_returned = observed(
        judge,
        "returns_a_bool",
        "True or False is returned, and not a number.",
        "Return a whole number.",
        lambda case, answers: isinstance(value_of(answers, "value"), bool),
    )
    return Property(
        id,
        sentence,
        points,
        arguments.map(lambda drawn: {"arguments": drawn}),
        lambda case: (Stage({}, (Call("value", name, case["arguments"]),)),),
        judge,
        cause,
        examples,
        answer="value",
        misconceptions=(*(held_right(mistake) for mistake in mistakes), bool_returned),
        traits=traits or {},
    )
