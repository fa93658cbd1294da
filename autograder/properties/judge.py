"""Puts properties to somebody's code and says what came of it: drawn examples first, then the smallest that fails.

The code may be in this process (a student's kernel) or in a locked-down worker (grading): an :class:`Asker` is all
that is known of it.
"""

import contextlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
from hypothesis import Phase

from autograder.errors import AutograderError
from autograder.probe.answers import Answers, Reply
from autograder.probe.steps import Batch
from autograder.properties.diagnosis import Diagnosis, diagnose
from autograder.properties.examples import Drawn, run_cases
from autograder.properties.forbidden import forbidden_diagnosis, forbidden_message
from autograder.properties.property import Finding, Property, Question, show
from autograder.properties.strategies import Case
from autograder.results import CheckResult, CheckStatus, Grid, QuestionResult

SHRINK_ATTEMPTS = 150
SHRINK_PATIENCE = 40  # attempts without a smaller example
SHRINK_TIME_LIMIT_S = 2.0
CUTS = 12  # rows, columns and channels that are left out of an example
LENT = "Judged with working answers to what comes before."
ENDLESS = "A loop that does not end, or far more work than the question needs."
TRY_EXAMPLE = "Run the smallest example in a cell of its own, and work its answer out with a pencil."


class Unanswered(Exception):
    """The code gave no answer: it ran out of time, or its process ended. ``timed_out`` tells which."""

    def __init__(self, detail: str, timed_out: bool = False) -> None:
        super().__init__(detail)
        self.detail, self.timed_out = detail, timed_out


class Asker(Protocol):
    """Somebody's code, to be asked."""

    def ask(self, batch: Batch, question: Question, lend: bool, time_limit_s: float | None) -> Reply:
        """The merged answers of all stages of each programme; raises Unanswered.

        ``lend``: with the question's working answers to earlier questions in place of the code's own.
        ``time_limit_s``: None is the assignment's limit for a property.
        """
        ...

    def renewed(self, question: Question) -> bool:
        """Whether other questions had been put to the same process, which a new one has now taken the place of."""
        ...


@dataclass(frozen=True)
class Found:
    """A wrongly answered case, how it was answered, and what is wrong with that."""

    case: Case
    answers: Answers
    finding: Finding

    @property
    def elements(self) -> int:
        """How many numbers there are in the case's tensors."""
        return sum(value.numel() for value in self.case.values() if isinstance(value, torch.Tensor))

    @property
    def size(self) -> tuple[int, float, str]:
        """How much there is to read in the case: elements, then digits, then anything that makes the order total."""
        # In one dtype: its name is not what makes an example long to read.
        values = (value.double() if isinstance(value, torch.Tensor) else value for value in self.case.values())
        written = "".join(show(value) for value in values)
        return self.elements, float(len(written)), written


@dataclass(frozen=True)
class Examined:
    """A property put to the code: what came of each drawn case.

    findings: for each case what is wrong, or None; empty where the code used what is forbidden or gave no answer.
    lent: asked with working answers to what comes before. lost: why there is no answer.
    """

    drawn: Drawn
    answers: tuple[Answers, ...] = ()
    findings: tuple[Finding | None, ...] = ()
    forbidden: tuple[str, ...] = ()
    lent: bool = False
    lost: Unanswered | None = None

    @property
    def holds(self) -> bool:
        """Whether every case was answered, and rightly."""
        return self.lost is None and not self.forbidden and self.first_failing is None

    @property
    def first_failing(self) -> int | None:
        """The place of the first case that is answered wrongly."""
        return next((index for index, finding in enumerate(self.findings) if finding is not None), None)

    @property
    def smallest(self) -> tuple[int, Found]:
        """The smallest drawn case that is answered wrongly, and its place. There must be one."""
        failing = [
            (index, Found(case, answers, finding))
            for index, (case, answers, finding) in enumerate(
                zip(self.drawn.cases, self.answers, self.findings, strict=True)
            )
            if finding is not None
        ]
        fewest = min(found.elements for _, found in failing)
        return min((one for one in failing if one[1].elements == fewest), key=lambda one: one[1].size)

    def diagnosis(self, more: tuple[Found, ...] = ()) -> Diagnosis:
        """What the wrong answers have in common, with those to more cases."""
        if self.forbidden:
            return forbidden_diagnosis(self.forbidden)
        if self.lost is not None:
            return Diagnosis()
        return diagnose(
            self.drawn.property,
            (*self.drawn.cases, *(one.case for one in more)),
            (*self.answers, *(one.answers for one in more)),
            (*self.findings, *(one.finding for one in more)),
        )


def judge_question(question: Question, drawn: Sequence[Drawn], asker: Asker) -> QuestionResult:
    """Every property of a question, put to the code in order."""
    checks: list[CheckResult] = []
    for one in drawn:
        named = {check.misconception for check in checks} - {""}
        checks.append(judge_property(question, one, asker, named))
    return QuestionResult(question.id, tuple(checks))


def judge_property(question: Question, drawn: Drawn, asker: Asker, named: Collection[str] = frozenset()) -> CheckResult:
    """One property: full points if every case is answered rightly, else none, and the smallest failing case.

    named: misconceptions that earlier properties have shown on a smallest example; of these, the smallest of the
    drawn cases is example enough.
    """
    examined = examine(question, drawn, asker)
    return _passed(question, examined) if examined.holds else _failed(question, examined, asker, named)


def examine(question: Question, drawn: Drawn, asker: Asker) -> Examined:
    """Put a property's cases to the code.

    A failure is tried once more in a process that no other question's calls have changed, and where the question (or
    the property) lends working answers to earlier ones once more with those, there. What then still fails is a mistake
    of its own, and is what is told. Whatever looks like a shortcut here costs somebody marks: an answer that is still
    to be written may have been met because of what another question's calls left behind, and a process in which
    working answers were lent before may have been ended by that.
    """
    question = _lending(question, drawn.property)
    examined = _ask(question, drawn, asker, lend=False)
    if not examined.holds and asker.renewed(question):
        examined = _ask(question, drawn, asker, lend=False)
    return examined if examined.holds or not question.lend else _ask(question, drawn, asker, lend=True)


def _lending(question: Question, item: Property) -> Question:
    """The question with all that it lends where this property of it is asked."""
    return replace(question, lend=question.lend + item.lend)


def _ask(question: Question, drawn: Drawn, asker: Asker, lend: bool) -> Examined:
    item = drawn.property
    try:
        reply = asker.ask(drawn.batch, question, lend, item.time_limit_s)
    except Unanswered as lost:
        return Examined(drawn, lent=lend, lost=lost)
    if reply.forbidden:
        return Examined(drawn, reply.answers, (), reply.forbidden, lend)
    findings = tuple(_judged(item, case, answers) for case, answers in zip(drawn.cases, reply.answers, strict=True))
    return Examined(drawn, reply.answers, findings, (), lend)


def _judged(item: Property, case: Case, answers: Answers) -> Finding | None:
    """The property's judgement. What an outlandish answer makes a judge raise is held against the answer."""
    try:
        return item.judge(case, answers)
    except AutograderError:
        raise  # the question itself is at fault
    except Exception as error:
        return Finding("", f"an answer of a kind that cannot be judged ({type(error).__name__})", "one that can")


def _passed(question: Question, examined: Examined) -> CheckResult:
    item = examined.drawn.property
    note = LENT if examined.lent else ""
    id = f"{question.id}.{item.id}"
    return CheckResult(id, question.id, item.sentence, item.points, item.points, CheckStatus.PASSED, note=note)


def _failed(question: Question, examined: Examined, asker: Asker, named: Collection[str]) -> CheckResult:
    item, lost = examined.drawn.property, examined.lost
    base = CheckResult(f"{question.id}.{item.id}", question.id, item.sentence, 0.0, item.points, CheckStatus.FAILED)
    if lost is not None:
        status = CheckStatus.TIMEOUT if lost.timed_out else CheckStatus.ERROR
        return replace(base, status=status, message=lost.detail, cause=ENDLESS if lost.timed_out else "")
    diagnosis = examined.diagnosis()
    if examined.forbidden:
        return replace(_told(base, diagnosis, examined), message=forbidden_message(examined.forbidden))
    if diagnosis.misconception in named:
        smallest = examined.smallest[1]
    else:
        smallest = _shrink(question, examined, asker)
        if diagnosis.misconception:  # which the answer that the search came upon may speak against
            diagnosis = examined.diagnosis((smallest,))
    finding = smallest.finding
    return replace(
        _told(base, diagnosis, examined),
        message=f"got {finding.got}, want {finding.want}",
        counterexample=finding.call,
        cause="" if diagnosis.misconception else finding.cause or item.cause,
        grids=_grids(item, smallest),
    )


def _told(base: CheckResult, diagnosis: Diagnosis, examined: Examined) -> CheckResult:
    return replace(
        base,
        misconception=diagnosis.misconception,
        diagnosis=diagnosis.does,
        advice=diagnosis.advice or TRY_EXAMPLE,
        note=LENT if examined.lent else "",
    )


def _grids(item: Property, found: Found) -> tuple[Grid, ...]:
    """The case to look at; nothing where an outlandish answer cannot be drawn."""
    try:
        return item.picture(found.case, found.answers)
    except Exception:
        return ()


class _Enough(BaseException):
    """Ends a search for smaller examples from within; no Exception, so that Hypothesis lets it through."""


def _shrink(question: Question, examined: Examined, asker: Asker) -> Found:
    """The smallest failing case that a bounded search comes upon, starting from a drawn one.

    Hypothesis draws the same cases again from the same seed; what the batch has shown is not asked twice. The bounds
    are counts and not seconds, so that two gradings end with the same example.
    """
    drawn = examined.drawn
    lending = _lending(question, drawn.property)
    start, best = examined.smallest
    if start == 0:
        return best  # Hypothesis draws the simplest case first
    calls = in_vain = 0

    def ask(case: Case) -> None:
        nonlocal best, calls, in_vain
        calls += 1
        if calls <= start:
            return
        if calls > start + SHRINK_ATTEMPTS or in_vain >= SHRINK_PATIENCE:
            raise _Enough
        found = best if calls == start + 1 else again(case)
        in_vain += 1
        if found is not None and found.size < best.size:
            best, in_vain = found, 0
        if found is not None:
            # At this one place: to Hypothesis an error from another line is another error, not a smaller example.
            raise AssertionError

    def again(case: Case) -> Found | None:
        try:
            reply = asker.ask(Batch((drawn.property.probe(case),)), lending, examined.lent, SHRINK_TIME_LIMIT_S)
        except Unanswered:
            raise _Enough from None
        finding = None if reply.forbidden else _judged(drawn.property, case, reply.answers[0])
        return None if finding is None else Found(case, reply.answers[0], finding)

    # A failure is how the search reports that it has found something; code that answers differently each time ends
    # it early. Either way the smallest example seen so far stands, with the answer that was seen.
    with contextlib.suppress(_Enough, Exception):
        run_cases(drawn.property, drawn.seed, drawn.wanted, ask, (Phase.generate, Phase.shrink))
    with contextlib.suppress(_Enough):
        best = _cut_down(drawn.property, best, again)
    return best


def _cut_down(item: Property, found: Found, again: Callable[[Case], Found | None]) -> Found:
    """The case without all that may be left out of it one piece after the other, while it is still answered wrongly."""
    for _ in range(CUTS):
        smaller = (again(case) for case in item.simpler(found.case))
        best = next((one for one in smaller if one is not None and one.size < found.size), None)
        if best is None:
            return found
        found = best
    return found
