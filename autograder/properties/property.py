"""A question and its properties: what is drawn, what is asked of the code, and how its answers are judged."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answer, Answers, Raised, Returned, TensorValue, describe
from autograder.probe.steps import Programme
from autograder.properties.strategies import Case
from autograder.results import Grid


@dataclass(frozen=True)
class Finding:
    """Why an answer is wrong on one example: the call as the student would write it, what came, what should have."""

    call: str
    got: str
    want: str
    cause: str = ""


@dataclass(frozen=True)
class Misconception:
    """A mistake that has a name, and how to tell it.

    id: its name, one word. does: what code that makes it does, a sentence. advice: one thing to try. explains: whether
    such code would have answered a case just so, rightly or wrongly. by_value: told by the values that such code
    computes, so that it takes a wrong value to tell it by, and no other mistake that computes the same.
    """

    id: str
    does: str
    advice: str
    explains: Callable[[Case, Answers], bool]
    by_value: bool = False


Trait = Callable[[Case], bool]


@dataclass(frozen=True)
class Likeness:
    """In what an answer is like the right one.

    shape: whether it has the right shape. factor, offset: the number that the right values are to be multiplied by, or
    that is to be added to each, to have the answer; None where there is no such number.
    """

    shape: bool
    factor: float | None = None
    offset: float | None = None


def no_grids(case: Case, answers: Answers) -> tuple[Grid, ...]:
    """Nothing to look at."""
    return ()


def nothing_to_prove(cases: Sequence[Case]) -> None:
    """A property that compares with nothing of the instructor's."""


def _no_simpler(case: Case) -> Iterable[Case]:
    return ()


def _no_likeness(case: Case, answers: Answers) -> Likeness | None:
    return None


@dataclass(frozen=True)
class Property:
    """Something that every right answer does, worth ``points``.

    sentence: the property in words, as a statement about a right answer. strategy: draws a case. probe: the programme
    that puts a case to the student's code. judge: a Finding when the answers are wrong on the case, else None.
    cause: a likely cause of failing, said when the judge names none. examples: how many cases grading draws.
    time_limit_s: how long the student's code may take over all of them, in processor time; None: as long as the
    assignment's limits say. answer: the step that is judged.
    misconceptions: mistakes to hold the answers against, the more particular one first. traits: what a case may be
    like, by words that go on with "examples where ...". likeness: in what an answer is like the right one.
    picture: a wrongly answered case to look at. simpler: cases with less in them that might still be answered wrongly.
    prove: raises AutograderError when what the property compares with cannot be right for some cases.
    lend: source of working answers to what the same question asks for besides, lent with those of the question.
    """

    id: str
    sentence: str
    points: float
    strategy: SearchStrategy[Any]
    probe: Callable[[Case], Programme]
    judge: Callable[[Case, Answers], Finding | None]
    cause: str = ""
    examples: int = 40
    time_limit_s: float | None = None
    answer: str = "Y"
    misconceptions: tuple[Misconception, ...] = ()
    traits: Mapping[str, Trait] = field(default_factory=dict)
    likeness: Callable[[Case, Answers], Likeness | None] = _no_likeness
    picture: Callable[[Case, Answers], tuple[Grid, ...]] = no_grids
    simpler: Callable[[Case], Iterable[Case]] = _no_simpler
    prove: Callable[[Sequence[Case]], None] = nothing_to_prove
    lend: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.points, bool) or not isinstance(self.points, (int, float)) or not 0 < self.points < math.inf:
            raise ValueError(f"property {self.id!r} is worth {self.points!r} points, and not a number above 0")
        if self.examples < 1:
            raise ValueError(f"property {self.id!r} asks for {self.examples} examples")


@dataclass(frozen=True)
class Question:
    """One solution cell and one check cell.

    forbid: substrings of operations that the student's code may not dispatch. lend: source of working answers to
    earlier questions; a property that fails is asked once more with them in place of the student's, so that one
    mistake is paid for once.
    """

    id: str
    title: str
    properties: tuple[Property, ...]
    forbid: tuple[str, ...] = ()
    lend: str = ""

    def __post_init__(self) -> None:
        ids = [item.id for item in self.properties]
        if not ids:
            raise ValueError(f"question {self.id!r} has no properties")
        if len(set(ids)) != len(ids):
            raise ValueError(f"question {self.id!r} has two properties of the same id")

    @property
    def points(self) -> float:
        return round(sum(item.points for item in self.properties), 3)


def named(prefix: str, what: str, *properties: Property, lend: str = "") -> tuple[Property, ...]:
    """The same properties under ids and sentences of their own, for a question that asks for two things.

    lend: a working answer to the first, for properties of the second.
    """
    return tuple(
        replace(
            item,
            id=f"{prefix}_{item.id}",
            sentence=f"{what}: {item.sentence[0].lower()}{item.sentence[1:]}",
            lend=lend,
        )
        for item in properties
    )


class Wrong(Exception):
    """Ends a judge early: what came, what should have come, and why that may be."""

    def __init__(self, got: str, want: str, cause: str = "") -> None:
        super().__init__(got, want, cause)
        self.got, self.want, self.cause = got, want, cause


def value_of(answers: Answers, name: str) -> Any:
    """What the step ``name`` returned; raises Wrong when it raised instead."""
    answer = answers.get(name)
    if isinstance(answer, Returned):
        return answer.value
    raise raised(answer, "an answer")


NOT_RUN = "Run the cell that defines it; if that cell ends in an error, put the error right first."
OUT_OF_MEMORY = "A tensor is made that is far larger than it need be, or the notebook's cells keep too much in memory."


def raised(answer: Answer | None, want: str) -> Wrong:
    """The complaint about a step that raised, or whose answer is missing."""
    if not isinstance(answer, Raised):
        return Wrong("no answer at all", want)
    if answer.is_stub:
        return Wrong("NotImplementedError", want, "This is still to be written.")
    if answer.type_name == "NameError" and not answer.where:  # the name that was asked for, and not one in its code
        return Wrong(f"NameError: {answer.message}", want, NOT_RUN)
    message = f": {answer.message}" if answer.message else ""
    where = f", at {answer.where}" if answer.where else ""
    return Wrong(f"{answer.type_name}{message}{where}", want, OUT_OF_MEMORY if answer.out_of_memory else "")


def holds(verify: Callable[..., None], *asked: Any) -> bool:
    """Whether ``verify`` raises no Wrong of what it is asked."""
    try:
        verify(*asked)
    except Wrong:
        return False
    return True


def judged_by(
    verify: Callable[[Case, Answers], None], call: Callable[[Case], str]
) -> Callable[[Case, Answers], Finding | None]:
    """A judge from a function that raises Wrong, and one that writes the call down as the student would."""

    def judge(case: Case, answers: Answers) -> Finding | None:
        try:
            verify(case, answers)
        except Wrong as wrong:
            return Finding(call(case), wrong.got, wrong.want, wrong.cause)
        return None

    return judge


@dataclass(frozen=True)
class TensorWanted:
    """What kind of tensor an answer must be, before its values are looked at."""

    shape: tuple[int, ...]
    floating: bool = field(default=True)

    def of(self, value: Any) -> TensorValue:
        """``value`` as a tensor of this kind; raises Wrong when it is none."""
        want = f"a tensor of shape {self.shape}"
        if not isinstance(value, TensorValue):
            cause = "The function has no return statement." if value is None else ""
            raise Wrong(describe(value), want, cause)
        if tuple(value.data.shape) != self.shape:
            raise Wrong(describe(value), want, _shape_cause(tuple(value.data.shape), self.shape))
        if self.floating and not value.data.is_floating_point():
            raise Wrong(describe(value), f"{want} of a floating type", _kind_cause(value.data))
        return value


def _kind_cause(got: torch.Tensor) -> str:
    if got.is_complex():
        return "The output of an inverse Fourier transform is complex; its real part is meant."
    return "The output is made with an integer or boolean dtype."


def _shape_cause(got: tuple[int, ...], want: tuple[int, ...]) -> str:
    if len(got) != len(want):
        return f"The output should have {len(want)} dimensions; it has {len(got)}."
    if len(want) > 1 and got == (*want[:-2], want[-1], want[-2]):
        return "Height and width seem to be swapped."
    return "Work the shape out from the shapes that come in; a kernel of k that slides over n leaves n - k + 1."


def show(value: Any) -> str:
    """A tensor or number as the student would type it."""
    if isinstance(value, TensorValue):
        return show(value.data)
    if isinstance(value, torch.Tensor):
        if value.numel() > 64:
            return describe(TensorValue(value))
        suffix = "" if value.dtype == torch.float32 else f", dtype={value.dtype}"
        return f"torch.tensor({_nested(value.tolist())}{suffix})"
    if isinstance(value, tuple):
        return "(" + ", ".join(show(item) for item in value) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, float):
        return f"{value:.6g}"
    return repr(value)


def _nested(values: Any) -> str:
    if isinstance(values, list):
        return "[" + ", ".join(_nested(item) for item in values) + "]"
    if isinstance(values, float):
        return _number(values)
    return repr(values)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return "torch.nan" if math.isnan(value) else "torch.inf" if value > 0 else "-torch.inf"
    return f"{value:.0f}." if value.is_integer() and abs(value) < 1e6 else f"{value:.6g}"


def layouts(case: Mapping[str, Any]) -> str:
    """Which tensors of a case have an unusual memory layout, in words; empty when none has."""
    unusual = [
        f"{name} is a view with strides {tuple(value.stride())}"
        for name, value in case.items()
        if isinstance(value, torch.Tensor) and not value.is_contiguous()
    ]
    return "; ".join(unusual)
