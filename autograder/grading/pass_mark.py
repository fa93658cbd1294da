"""The points below which a submission does not do: for pipelines that stop there."""

import math
import re
from dataclasses import dataclass

from autograder.errors import UsageError
from autograder.report.content import points
from autograder.results import Brief, ResultStatus

_WRITTEN = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(%?)", re.ASCII)


@dataclass(frozen=True)
class PassMark:
    """So many points, or so many in a hundred of what can be had. written: as it was asked for."""

    written: str
    number: float
    is_percentage: bool

    @classmethod
    def parse(cls, written: str) -> "PassMark":
        """``30`` is points, ``75%`` a percentage; raises UsageError for anything else."""
        found = _WRITTEN.fullmatch(written.strip())
        if found is None or (found[2] and float(found[1]) > 100):
            raise UsageError(
                f"--fail-under {written!r} is neither points nor a percentage.",
                "Points are a number that is not below 0; a percentage goes up to 100%.",
                "Write --fail-under 30, or --fail-under 75%.",
            )
        return cls(written.strip(), float(found[1]), bool(found[2]))

    def points(self, max_score: float) -> float:
        """The points that are needed, of ``max_score``."""
        return max_score * self.number / 100 if self.is_percentage else self.number

    def require_within(self, max_score: float) -> None:
        """Raises UsageError when nobody could reach it."""
        if self.points(max_score) > max_score:
            raise UsageError(
                f"--fail-under {self.written} is more than can be had.",
                f"The assignment has {points(max_score)} points.",
                "Name fewer points, or a percentage: --fail-under 75%.",
            )

    def is_missed(self, brief: Brief) -> bool:
        """Whether a submission was graded and has fewer points than are needed."""
        needed = self.points(brief.max_score)
        close = math.isclose(brief.score, needed, rel_tol=1e-9)
        return brief.status is ResultStatus.GRADED and brief.score < needed and not close
