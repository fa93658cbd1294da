"""What a report tells of a question, part by part. Pages and plain texts differ in how they show it, not in what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.results import CheckResult, CheckStatus, Grid, QuestionResult

WORDS = {
    CheckStatus.PASSED: "holds",
    CheckStatus.FAILED: "does not hold",
    CheckStatus.ERROR: "no answer",
    CheckStatus.TIMEOUT: "no answer in time",
}
EXAMPLE, DOES, KNOWN, CAUSE, TRY = "Smallest example", "What it does", "What is known", "Likely cause", "Try"
UNWRITTEN = "unwritten"  # the misconception of an answer that is still the stub
SEE_TOP = "The mistake named at the top counts here too."
SAME_AS = "as for property {}, and with the same answer."


@dataclass(frozen=True)
class Said:
    """A sentence or more, under a label or without one."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Example:
    """The smallest input that is answered wrongly: to look at, where it can be drawn, and to paste."""

    code: str
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class Note:
    """Something by the way."""

    text: str


Part = Said | Example | Note


@dataclass(frozen=True)
class Row:
    """A property: its verdict, and what is told of it. number: of several, which; empty where there is only one."""

    check: CheckResult
    number: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Content:
    """A question's report. top: what is said once, because it explains several properties; a block for each mistake."""

    title: str
    points: str
    top: tuple[tuple[Said, ...], ...]
    rows: tuple[Row, ...]


def sign(status: CheckStatus) -> str:
    """A tick or a cross, so that colour is not the only difference."""
    return "✓" if status is CheckStatus.PASSED else "✗"


def points(number: float) -> str:
    """Points without trailing zeros: 2.5, 3."""
    return f"{number:g}"


def points_of(earned: float, possible: float) -> str:
    """2.5 of 3."""
    return f"{points(earned)} of {points(possible)}"


def content(title: str, result: QuestionResult) -> Content:
    """The report on a question. A question that is not yet answered is told in one sentence."""
    told = f"{points_of(result.score, result.max_score)} points"
    if is_unwritten(result):
        waiting = f"Still to be written: {_properties(len(result.checks))} for an answer."
        return Content(title, told, ((Said(waiting),),), ())
    shared = _shared(result.checks)
    top = tuple(_mistake(name, result.checks) for name in shared)
    return Content(title, told, top, _rows(result.checks, shared))


def is_unwritten(result: QuestionResult) -> bool:
    """Whether every property still meets the stub."""
    return all(check.misconception == UNWRITTEN for check in result.checks)


def details(check: CheckResult) -> tuple[Part, ...]:
    """All that is told of one property by itself, in the order in which it is to be read."""
    parts: list[Part] = []
    if check.diagnosis:
        parts.append(Said(check.diagnosis, DOES if check.misconception else KNOWN))
    if check.counterexample or check.grids:
        parts.append(Example(check.counterexample, check.grids))
    if check.message:
        parts.append(Said(check.message))
    if check.cause:
        parts.append(Said(check.cause, CAUSE))
    if check.advice:
        parts.append(Said(check.advice, TRY))
    if check.note:
        parts.append(Note(check.note))
    return tuple(parts)


def listed(words: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def failing(checks: Sequence[CheckResult]) -> list[CheckResult]:
    """Those that do not hold, for whatever reason."""
    return [check for check in checks if check.status is not CheckStatus.PASSED]


def _properties(count: int) -> str:
    return f"{count} properties wait" if count > 1 else "1 property waits"


# A mistake is told apart by its name and by what it does: two functions of a question may have two of the same name.
Mistake = tuple[str, str]


def _mistake_of(check: CheckResult) -> Mistake:
    return check.misconception, check.diagnosis


def _shared(checks: Sequence[CheckResult]) -> tuple[Mistake, ...]:
    """The mistakes that explain more than one property."""
    named = Counter(_mistake_of(check) for check in checks if check.misconception not in ("", UNWRITTEN))
    return tuple(mistake for mistake, count in named.items() if count > 1)


def _mistake(mistake: Mistake, checks: Sequence[CheckResult]) -> tuple[Said, ...]:
    """A mistake that several properties share, and which these are."""
    numbers = [str(number) for number, check in enumerate(checks, 1) if _mistake_of(check) == mistake]
    first = next(check for check in checks if _mistake_of(check) == mistake)
    count, wrong = len(numbers), len(failing(checks))
    every = "both" if count == 2 else f"all {count}"
    which = f"{every if count == wrong else f'{count} of the {wrong}'} properties"
    where = "" if count == wrong else f": {listed(numbers)}"
    advice = (Said(first.advice, TRY),) if first.advice else ()
    return Said(mistake[1], DOES), *advice, Said(f"This explains {which} that do not hold{where}.")


def _rows(checks: Sequence[CheckResult], shared: Sequence[Mistake]) -> tuple[Row, ...]:
    before = _Before()
    # where the top explains everything, it need not be said again at each property
    see_top = () if all(_mistake_of(check) in shared[:1] for check in failing(checks)) else (Note(SEE_TOP),)
    rows = []
    for number, check in enumerate(checks, 1):
        parts = _details_within(check, shared, see_top, before)
        rows.append(Row(check, f"{number}. " if len(checks) > 1 else "", parts))
        before.add(number, check)
    return tuple(rows)


class _Before:
    """What a report has said by now, so that it need not say it again."""

    def __init__(self) -> None:
        self.mistakes: set[Mistake] = set()
        self.advice: set[str] = set()
        self.examples: dict[tuple[str, str], int] = {}

    def add(self, number: int, check: CheckResult) -> None:
        self.mistakes.add(_mistake_of(check))
        self.advice.add(check.advice)
        self.examples.setdefault((check.counterexample, check.message), number)


def _details_within(
    check: CheckResult, shared: Sequence[Mistake], see_top: tuple[Note, ...], before: _Before
) -> tuple[Part, ...]:
    """A property's details in a report that has said some of them before.

    A mistake that stands at the top has its example at the first of its properties; advice is given once.
    """
    mistake = _mistake_of(check)
    if check.misconception == UNWRITTEN:
        return (Note(check.diagnosis),)
    if mistake in shared:
        if mistake in before.mistakes:
            return see_top
        return (*see_top, *details(replace(check, diagnosis="", advice="")))
    if check.advice in before.advice:
        check = replace(check, advice="")
    same = before.examples.get((check.counterexample, check.message)) if check.counterexample else None
    if same is None:
        return details(check)
    parts = details(replace(check, counterexample=SAME_AS.format(same), grids=(), message=""))
    return tuple(Said(part.code, EXAMPLE) if isinstance(part, Example) else part for part in parts)
