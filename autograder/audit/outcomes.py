"""What came of putting every property of a question to one answer: plain data that findings are made from."""

from dataclasses import dataclass

from autograder.properties.property import Finding
from autograder.results import CheckStatus


@dataclass(frozen=True)
class Answer:
    """A solution cell that may be right or wrong.

    name: its catalogue entry's, or its mutant's id. is_part: whether it may leave out some of what the question asks
    for, which is then the reference's.
    """

    name: str
    question: str
    source: str
    is_part: bool = False


@dataclass(frozen=True)
class PropertyOutcome:
    """One property put to one answer.

    examples: how many cases were asked. first_failing: the place of the first that was answered wrongly; None where
    the property holds, the answer was refused, or there was no answer at all. misconception, diagnosis: as in a
    CheckResult. example: what is wrong on the smallest of the drawn cases that fail, where one does.
    """

    property: str
    status: CheckStatus
    examples: int
    first_failing: int | None = None
    misconception: str = ""
    diagnosis: str = ""
    example: Finding | None = None


@dataclass(frozen=True)
class Outcome:
    """One answer. failure: why it could not be audited; it then has no properties."""

    answer: str
    question: str
    properties: tuple[PropertyOutcome, ...] = ()
    failure: str = ""
    duration_s: float = 0.0

    @property
    def lost(self) -> tuple[PropertyOutcome, ...]:
        """The properties that the answer does not have."""
        return tuple(one for one in self.properties if one.status is not CheckStatus.PASSED)

    @property
    def lost_ids(self) -> frozenset[str]:
        return frozenset(one.property for one in self.lost)
