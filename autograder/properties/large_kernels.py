"""The property that a kernel which does not fit is refused."""

from typing import Any

from autograder.probe.answers import Answers, Raised, Returned, TensorValue, describe
from autograder.probe.steps import Programme
from autograder.properties import strategies
from autograder.properties.function_property import diagnosed, observed, right_first
from autograder.properties.property import (
    Property,
    Wrong,
    judged_by,
    raised,
    show,
)
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import Operands, TensorFunction


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
