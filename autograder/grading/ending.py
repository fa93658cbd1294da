"""What ``grade`` tells once all are graded, and its exit code."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from autograder.grading.order import Order
from autograder.grading.pass_mark import PassMark
from autograder.grading.places import place_of
from autograder.report import terminal
from autograder.report.annotations import annotations
from autograder.report.log import LogStyle, folded
from autograder.results import Brief, Result, ResultStatus

# A longer class is summed up, and not listed once more.
ROWS_SHOWN = 60
EXIT_UNGRADED, EXIT_MISSED = 1, 3


@dataclass(frozen=True)
class Ending:
    """What is told once all are graded. log: for whom. pass_mark: with how many points a submission does, if asked."""

    log: LogStyle = LogStyle.PLAIN
    pass_mark: PassMark | None = None

    def check(self, order: Order) -> None:
        """Raises UsageError when nobody could have as many points as are asked for."""
        if self.pass_mark is not None:
            self.pass_mark.require_within(order.max_score)

    def tell(self, console: Console, briefs: Sequence[Brief], results: Sequence[Result], root: Path) -> None:
        """Print what came of the submissions. root: what their names are relative to."""
        if self.log is LogStyle.PLAIN or len(results) > ROWS_SHOWN:
            if len(results) == 1:
                terminal.print_details(console, results[0])
        else:
            _print_folded(console, results, self.log, root)
        if len(results) > 1:
            if len(results) <= ROWS_SHOWN:
                console.print(terminal.table(results))
            terminal.print_summary(console, briefs)
        missed = self._missed(briefs)
        if missed and self.pass_mark is not None:
            terminal.print_missed(console, missed, self.pass_mark.written)

    def code(self, briefs: Sequence[Brief]) -> int:
        """The command's exit code."""
        if any(brief.status is ResultStatus.ERROR for brief in briefs):
            return EXIT_UNGRADED
        return EXIT_MISSED if self._missed(briefs) else 0

    def _missed(self, briefs: Sequence[Brief]) -> list[Brief]:
        mark = self.pass_mark
        return [] if mark is None else [brief for brief in briefs if mark.is_missed(brief)]


def _print_folded(console: Console, results: Sequence[Result], style: LogStyle, root: Path) -> None:
    """Print for a CI system: neither wrapped nor coloured, as each line may be an order to it."""
    lines = list(folded(results, style))
    if style is LogStyle.GITHUB:
        lines += annotations(results, [place_of(root / result.notebook) for result in results])
    console.file.write("".join(f"{line}\n" for line in lines))
    console.file.flush()
