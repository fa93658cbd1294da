"""The property that what makes no sense is refused: a kernel that does not fit, a setting that there is not."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, Raised, Returned, TensorValue, describe
from autograder.probe.steps import Programme
from autograder.properties import strategies
from autograder.properties.function_property import diagnosed, observed, right_first
from autograder.properties.property import Property, Wrong, judged_by, raised, show
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import Operands, TensorFunction

FITTING_FIRST = "Compare K's height and width with X's before anything else, and raise ValueError."
Refused = Callable[[Case], tuple[TensorFunction, Operands]]


def refuses_large_kernels(
    of: TensorFunction, points: float, kernels: SearchStrategy[Case] | None = None, advice: str = FITTING_FIRST
) -> Property:
    """A kernel that fits is answered, one that does not fit is refused with an error.

    kernels: draws X, a kernel K that fits, and one that does not, as ``large``.
    """
    return refuses(
        of,
        points,
        "too_large",
        "A kernel larger than the input is refused with an error, not answered with an empty tensor.",
        strategies.too_large_kernels() if kernels is None else kernels,
        refused=lambda case: (of, {"X": case["X"], "K": case["large"]}),
        told=lambda case: f"and with K = {show(case['large'])}",
        advice=advice,
        ids=("large_kernels", "A kernel that does not fit"),
    )


def refuses_settings(
    of: TensorFunction, points: float, other: TensorFunction, sentence: str, advice: str, *, ids: tuple[str, str]
) -> Property:
    """Called as ``of`` it answers, called as ``other``, with settings that there are not, it raises ValueError.

    ids: as in :func:`refuses`.
    """
    return refuses(
        of,
        points,
        "refuses",
        sentence,
        strategies.operands(of.shapes, magnitudes=(1.0,)),
        refused=lambda case: (other, of.operands(case)),
        told=lambda case: f"and {other.call}",
        advice=advice,
        ids=ids,
        errors=("ValueError",),
    )


@diagnosed
def refuses(
    of: TensorFunction,
    points: float,
    id: str,
    sentence: str,
    strategy: SearchStrategy[Case],
    *,
    refused: Refused,
    told: Callable[[Case], str],
    advice: str,
    ids: tuple[str, str],
    errors: Sequence[str] = (),
) -> Property:
    """What makes sense is answered, rightly, and what does not ends in an error.

    refused: the call that is to be refused, in a case. told: how it is written, after the one that is to be answered.
    ids: what is refused, as a part of misconceptions' names and as the beginning of a sentence. errors: the types that
    the error may have; any but those of unwritten code where there is none.
    """

    def probe(case: Case) -> Programme:
        other, operands = refused(case)
        return of.stage(of.operands(case)), other.stage(operands, name="refused")

    def verify(case: Case, answers: Answers) -> None:
        right_first(of, of.operands(case), of.output(answers))
        answer = answers.get("refused")
        if not isinstance(answer, Raised):
            got = describe(answer.value) if isinstance(answer, Returned) else raised(answer, "").got
        elif answer.type_name in ("NotImplementedError", "NameError") or (errors and not any(map(answer.is_a, errors))):
            got = raised(answer, "").got
        else:
            return
        raise Wrong(got, " or ".join(errors) or "an error such as ValueError", advice)

    judge = judged_by(verify, lambda case: f"{of.written(of.operands(case))}\n{told(case)}")
    name, subject = ids
    return Property(
        id,
        sentence,
        points,
        strategy,
        probe,
        judge,
        examples=15,
        misconceptions=tuple(observed(judge, *one) for one in _answered(name, subject, advice, errors)),
    )


Seen = tuple[str, str, str, Callable[[Case, Answers], bool]]


def _answered(name: str, subject: str, advice: str, errors: Sequence[str]) -> tuple[Seen, ...]:
    """Ways to answer what is to be refused, or where the errors have a type, to refuse it with another."""

    def is_of_another_type(answers: Answers) -> bool:
        got = answers.get("refused")
        return isinstance(got, Raised) and not any(map(got.is_a, errors))

    def answer(answers: Answers) -> Any:
        got = answers.get("refused")
        return got.value if isinstance(got, Returned) else raised(got, "")

    def is_empty(answers: Answers) -> bool:
        got = answer(answers)
        return isinstance(got, TensorValue) and not got.data.numel()

    ways: tuple[Seen, ...] = (
        (
            f"returns_none_for_{name}", f"{subject} is answered with None.", advice,
            lambda case, answers: answer(answers) is None,
        ),
        (
            f"empty_for_{name}", f"{subject} gets an empty output.", advice, lambda case, answers: is_empty(answers),
        ),
        (
            f"answers_{name}", f"{subject} is answered with numbers.", advice,
            lambda case, answers: isinstance(answer(answers), TensorValue) and not is_empty(answers),
        ),
    )  # fmt: skip
    other_error: Seen = (
        f"other_error_for_{name}", f"{subject} ends in an error of another type.", advice,
        lambda case, answers: is_of_another_type(answers),
    )  # fmt: skip
    return (*ways, other_error) if errors else ways
