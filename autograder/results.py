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
class Grid:
    """A small matrix to look at: one of a counterexample's operands, or an answer.

    rows: the elements, of which those of infinite or no value are what they are. wrong: the element that is wrong,
    where there is one. window: the elements that the wrong one is computed from.
    """

    name: str
    rows: tuple[tuple[float, ...], ...]
    wrong: tuple[int, int] | None = None
    window: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class CheckResult:
    """One property's verdict.

    property: what a right answer does, in words. message: what this answer did instead, as got and want; empty when it
    passed. counterexample: the smallest input found on which it did so. grids: the same to look at. misconception: the
    name of the mistake that explains every answer, and diagnosis what code that makes it does; where none is named,
    diagnosis says what is known of the answers. cause: one likely cause, where no misconception is named. advice: one
    thing to try. note: anything else.
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
    misconception: str = ""
    diagnosis: str = ""
    advice: str = ""
    grids: tuple[Grid, ...] = ()


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
    """One submission's verdict. ``status`` ERROR means that it could not be graded; its score is then 0.

    isolated: whether its code was kept from harm while it ran; False only where somebody asked for that.
    """

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
    isolated: bool = True

    @property
    def score(self) -> float:
        """Points earned, of ``max_score``."""
        return total(question.score for question in self.questions)

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        return tuple(check for question in self.questions for check in question.checks)

    def brief(self, kept: bool = False) -> "Brief":
        """The result without its properties."""
        return Brief(
            self.notebook,
            self.student,
            self.score,
            self.max_score,
            self.status,
            self.message,
            self.duration_s,
            kept,
        )


@dataclass(frozen=True)
class Brief:
    """A result without its properties: what is kept of each while a class is graded, however large.

    notebook, student, score, max_score, status, message, duration_s: as in the result. kept: it had been graded before.
    """

    notebook: str
    student: str
    score: float
    max_score: float
    status: ResultStatus
    message: str
    duration_s: float
    kept: bool = False


def total(points: Iterable[float]) -> float:
    """The sum of some points, freed of binary noise: points are given in steps no finer than a thousandth."""
    return round(float(sum(points)), 3)
