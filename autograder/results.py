"""What a grading says about a submission: plain, frozen data that every report is made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class CheckStatus(StrEnum):
    """How one property fared."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"


class ResultStatus(StrEnum):
    """Whether a submission could be graded at all."""

    GRADED = "graded"
    ERROR = "error"


@dataclass(frozen=True)
class CheckResult:
    """One property's verdict.

    ``property`` is what a right answer does, in words; ``message`` says what this answer did instead (empty when it
    passed); ``counterexample`` is the smallest input found on which it did so, with got and want; ``cause`` is one
    likely cause.
    """

    id: str
    question: str
    property: str
    score: float
    max_score: float
    status: CheckStatus
    message: str = ""
    counterexample: str = ""
    cause: str = ""
    note: str = ""


@dataclass(frozen=True)
class QuestionResult:
    """One question's verdict: its properties, in the order in which they were asked."""

    id: str
    checks: tuple[CheckResult, ...]

    @property
    def score(self) -> float:
        """Points earned, of ``max_score``."""
        return total(check.score for check in self.checks)

    @property
    def max_score(self) -> float:
        return total(check.max_score for check in self.checks)


@dataclass(frozen=True)
class Result:
    """One submission's verdict. ``status`` ERROR means that it could not be graded; its score is then 0."""

    notebook: str
    assignment: str
    student: str
    max_score: float
    status: ResultStatus
    seed: int
    device: str
    duration_s: float
    message: str = ""
    questions: tuple[QuestionResult, ...] = ()

    @property
    def score(self) -> float:
        """Points earned, of ``max_score``."""
        return total(question.score for question in self.questions)

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        return tuple(check for question in self.questions for check in question.checks)


def total(points: Iterable[float]) -> float:
    """The sum of some points, freed of binary noise: points are given in steps no finer than a thousandth."""
    return round(float(sum(points)), 3)
