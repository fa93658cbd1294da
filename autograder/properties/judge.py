"""Puts properties to somebody's code and says what came of it: drawn examples first, then the smallest that fails.

The code may be in this process (a student's kernel) or in a locked-down worker (grading): an :class:`Asker` is all
that is known of it.
"""

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from unittest import mock

import hypothesis
import torch
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.internal.cache import LRUCache
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, Reply
from autograder.probe.steps import Programme
from autograder.properties.property import Finding, Property, Question, show
from autograder.properties.strategies import Case
from autograder.results import CheckResult, CheckStatus, QuestionResult

SHRINK_ATTEMPTS = 150
SHRINK_PATIENCE = 40  # attempts without a smaller example
SHRINK_TIME_LIMIT_S = 2.0
# The constants that Hypothesis may draw by itself, apart from those that it remembers of other tests in this process.
_CONSTANTS_CACHE: LRUCache[Any, Any] = LRUCache(1024)


class Unanswered(Exception):
    """The code gave no answer: it ran out of time, or its process ended. ``timed_out`` tells which."""

    def __init__(self, detail: str, timed_out: bool = False) -> None:
        super().__init__(detail)
        self.detail, self.timed_out = detail, timed_out


class Asker(Protocol):
    """Somebody's code, to be asked."""

    def ask(self, programmes: Sequence[Programme], question: Question, lend: bool, time_limit_s: float) -> Reply:
        """The merged answers of all stages of each programme; raises Unanswered.

        ``lend``: with the question's working answers to earlier questions in place of the code's own.
        """
        ...


@dataclass(frozen=True)
class Drawn:
    """A property and the cases that every submission is asked.

    wanted: how many cases were asked for. There are fewer where the strategy has no more to give.
    """

    property: Property
    cases: tuple[Case, ...]
    seed: int
    wanted: int


def draw(item: Property, seed: int, examples: int | None = None) -> Drawn:
    """The property's cases for a seed: the same on every run."""
    cases: list[Case] = []

    def collect(case: Case) -> None:
        cases.append(case)

    wanted = examples or item.examples
    _run(item, seed, wanted, collect, (Phase.generate,))
    return Drawn(item, tuple(cases), seed, wanted)


def judge_question(question: Question, drawn: Sequence[Drawn], asker: Asker) -> QuestionResult:
    """Every property of a question, put to the code in order."""
    return QuestionResult(question.id, tuple(judge_property(question, one, asker) for one in drawn))


def judge_property(question: Question, drawn: Drawn, asker: Asker) -> CheckResult:
    """One property: full points if every case is answered rightly, else none and the smallest failing case.

    Where the question lends working answers to earlier questions, a failure is tried once more with them. What then
    still fails is this question's own mistake, and is what is told.
    """
    note, lend = "", False
    failure = _ask(question, drawn, asker, lend)
    if failure is not None and question.lend:
        note, lend = "Judged with working answers to the earlier questions.", True
        failure = _ask(question, drawn, asker, lend)
    if failure is None:
        return _verdict(question, drawn.property, CheckStatus.PASSED, note=note)
    if isinstance(failure, CheckResult):
        return failure
    smallest = _shrink(question, drawn, failure, asker, lend)
    message = f"got {smallest.got}, want {smallest.want}"
    cause = smallest.cause or drawn.property.cause
    return _verdict(question, drawn.property, CheckStatus.FAILED, message, smallest.call, cause, note)


@dataclass(frozen=True)
class _Failing:
    """The smallest drawn case that is answered wrongly, by its place among the cases."""

    index: int
    finding: Finding


def _ask(question: Question, drawn: Drawn, asker: Asker, lend: bool) -> _Failing | CheckResult | None:
    """None when every case is answered rightly; a verdict when there is no answer to judge."""
    item = drawn.property
    try:
        reply = asker.ask([item.probe(case) for case in drawn.cases], question, lend, item.time_limit_s)
    except Unanswered as lost:
        status = CheckStatus.TIMEOUT if lost.timed_out else CheckStatus.ERROR
        cause = "A loop that does not end, or far more work than the question needs." if lost.timed_out else ""
        return _verdict(question, item, status, message=lost.detail, cause=cause)
    if reply.forbidden:
        return _verdict(question, item, CheckStatus.FAILED, message=forbidden_message(question, reply.forbidden))
    judged = (_judged(item, case, answers) for case, answers in zip(drawn.cases, reply.answers, strict=True))
    failing = [_Failing(index, finding) for index, finding in enumerate(judged) if finding is not None]
    return min(failing, key=lambda one: _size(drawn.cases[one.index])) if failing else None


def _judged(item: Property, case: Case, answers: Answers) -> Finding | None:
    """The property's judgement. What an outlandish answer makes a judge raise is held against the answer."""
    try:
        return item.judge(case, answers)
    except Exception as error:
        return Finding("", f"an answer of a kind that cannot be judged ({type(error).__name__})", "one that can")


def _verdict(
    question: Question,
    item: Property,
    status: CheckStatus,
    message: str = "",
    counterexample: str = "",
    cause: str = "",
    note: str = "",
) -> CheckResult:
    id = f"{question.id}.{item.id}"
    score = item.points if status is CheckStatus.PASSED else 0.0
    texts = (message, counterexample, cause, note)
    return CheckResult(id, question.id, item.sentence, score, item.points, status, *texts)


def forbidden_message(question: Question, operations: Sequence[str]) -> str:
    """Why an answer that calls these operations does not count."""
    names = ", ".join(operations[:3])
    return (
        f"this question is to be solved without PyTorch's own convolutions, and the code calls {names}; "
        "loops, slices, unfold, matrix products, einsum and FFT are all welcome"
    )


class _Enough(BaseException):
    """Ends a search for smaller examples from within; no Exception, so that Hypothesis lets it through."""


def _shrink(question: Question, drawn: Drawn, failing: _Failing, asker: Asker, lend: bool) -> Finding:
    """The finding on the smallest failing case that a bounded search comes upon, starting from a drawn one.

    Hypothesis draws the same cases again from the same seed; what the batch has shown is not asked twice. The bounds
    are counts and not seconds, so that two gradings end with the same example.
    """
    if failing.index == 0:
        return failing.finding  # Hypothesis draws the simplest case first
    best, size = failing.finding, _size(drawn.cases[failing.index])
    calls = in_vain = 0

    def ask(case: Case) -> None:
        nonlocal best, size, calls, in_vain
        calls += 1
        if calls <= failing.index:
            return
        if calls > failing.index + SHRINK_ATTEMPTS or in_vain >= SHRINK_PATIENCE:
            raise _Enough
        found = failing.finding if calls == failing.index + 1 else again(case)
        in_vain += 1
        if found is not None and _size(case) < size:
            best, size, in_vain = found, _size(case), 0
        if found is not None:
            # At this one place: to Hypothesis an error from another line is another error, not a smaller example.
            raise AssertionError

    def again(case: Case) -> Finding | None:
        try:
            reply = asker.ask([drawn.property.probe(case)], question, lend, SHRINK_TIME_LIMIT_S)
        except Unanswered:
            raise _Enough from None
        return None if reply.forbidden else _judged(drawn.property, case, reply.answers[0])

    # A failure is how the search reports that it has found something; code that answers differently each time ends
    # it early. Either way the smallest example seen so far stands, with the answer that was seen.
    with contextlib.suppress(_Enough, Exception):
        _run(drawn.property, drawn.seed, drawn.wanted, ask, (Phase.generate, Phase.shrink))
    return best


def _size(case: Case) -> tuple[int, float, str]:
    """How much there is to read in a case: elements, then digits, then anything that makes the order total."""
    tensors = [value for value in case.values() if isinstance(value, torch.Tensor)]
    elements = sum(tensor.numel() for tensor in tensors)
    written = "".join(show(value) for value in case.values())
    return elements, float(len(written)), written


def _run(item: Property, seed: int, examples: int, body: Any, phases: tuple[Phase, ...]) -> None:
    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )
    @hypothesis.given(_on_cpu(item.strategy))
    def test(case: Any) -> None:
        body(case)

    with _nothing_local():
        test()


@contextmanager
def _nothing_local() -> Iterator[None]:
    """Keeps Hypothesis from mixing constants of whatever modules are loaded, or were, into its examples.

    It would draw other cases in a notebook than in a grading run, and others tomorrow than today.
    """
    with (
        mock.patch.object(providers, "_get_local_constants", Constants),
        mock.patch.object(providers, "CONSTANTS_CACHE", _CONSTANTS_CACHE),
    ):
        yield


@st.composite
def _on_cpu(draw: st.DrawFn, strategy: SearchStrategy[Any]) -> Any:
    """Draws on the CPU, whatever the notebook's default device is."""
    with torch.device("cpu"):
        return draw(strategy)
