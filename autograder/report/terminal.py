"""Results for a terminal or a CI log: a line for each submission as it is graded, a table at the end, one in detail."""

from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.report.content import points, points_of
from autograder.report.safe_text import clean, one_line, without_commands
from autograder.report.text import text
from autograder.report.wording import label, setting
from autograder.results import Brief, CheckStatus, Result, ResultStatus, total

_FEW = 10  # of so few results nobody needs to be told how their points are spread
_NAMED = 3
_LISTED = 20
_TENTHS, _BAR = 10, 30


def line(result: Result) -> Text:
    """One submission in one line: its points, how many properties hold, seconds; or why it could not be graded."""
    result = clean(result)
    if result.status is ResultStatus.ERROR:
        return Text(_safe(f"{label(result)}: could not be graded: {result.message}"), style="red")
    told = f"{_score(result)} points, {_held(result)} properties hold, {result.duration_s:.1f} s"
    alone = "" if result.isolated else ", run without isolation"
    return Text(_safe(f"{label(result)}: {told}{alone}"), style=_style(result))


def print_line(console: Console, result: Result) -> None:
    """Print a submission's line, never wrapped: a piece of it that began a line could be an order to a CI system."""
    console.print(line(result), soft_wrap=True)


def print_summary(console: Console, briefs: Sequence[Brief]) -> None:
    """Print a class in a few lines, none of them wrapped."""
    console.print(summary(briefs), soft_wrap=True)


def print_details(console: Console, result: Result) -> None:
    """Print one submission with every property, no line of it wrapped."""
    console.print(Text(details(result)), soft_wrap=True)


def print_missed(console: Console, missed: Sequence[Brief], mark: str) -> None:
    """Print who has fewer points than ``mark``: of a few who they are, of many how many."""
    few = ", ".join(f"{_name(brief)} ({points(brief.score)})" for brief in missed[:_LISTED])
    told = few if len(missed) <= _LISTED else f"{len(missed)} submissions"
    console.print(Text(f"below {mark}: {told}", style="red"), soft_wrap=True)


def table(results: Sequence[Result]) -> Table:
    """All submissions, in the order given, one a row."""
    made = Table(box=box.ROUNDED)
    made.add_column("Submission", overflow="fold")
    for heading in ("Points", "Properties", "Seconds"):
        made.add_column(heading, justify="right", no_wrap=True)
    made.add_column("Outcome", overflow="fold")
    for result in map(clean, results):
        graded = result.status is ResultStatus.GRADED
        made.add_row(
            Text(_safe(result.student or label(result))),
            Text(_score(result)),
            Text(_held(result) if graded else "-"),
            Text(f"{result.duration_s:.1f}"),
            Text("graded" if graded else "could not be graded", style=_style(result)),
        )
    return made


def summary(briefs: Sequence[Brief]) -> Group:
    """A class in a few lines: how many, how the points are spread, who took longest, who could not be graded."""
    ungraded = [brief for brief in briefs if brief.status is ResultStatus.ERROR]
    lines: list[RenderableType] = [Text(_counted(briefs))]
    if len(briefs) > _FEW:
        lines.append(_spread([brief for brief in briefs if brief.status is ResultStatus.GRADED]))
    slowest = sorted(briefs, key=lambda brief: -brief.duration_s)[:_NAMED]
    lines.append(Text("longest: " + ", ".join(f"{_name(brief)} {brief.duration_s:.1f} s" for brief in slowest)))
    lines += [Text(f"not graded: {_name(brief)}: {_safe(brief.message)}", style="red") for brief in ungraded[:_LISTED]]
    if len(ungraded) > _LISTED:
        lines.append(Text(f"and {len(ungraded) - _LISTED} more that could not be graded", style="red"))
    return Group(*lines)


def _counted(briefs: Sequence[Brief]) -> str:
    kept = sum(brief.kept for brief in briefs)
    ungraded = sum(brief.status is ResultStatus.ERROR for brief in briefs)
    graded = [brief.score for brief in briefs if brief.status is ResultStatus.GRADED]
    parts = [f"{len(briefs)} submission{'' if len(briefs) == 1 else 's'}"]
    if graded:
        parts.append(f"{points(round(total(graded) / len(graded), 2))} points on average")
    if kept:
        parts.append(f"{kept} graded before and left as they are (--again grades them too)")
    if ungraded:
        parts.append(f"{ungraded} could not be graded")
    return ", ".join(parts)


def _spread(graded: Sequence[Brief]) -> Table:
    """How many have how many points, in tenths of what can be had."""
    made = Table(box=None, show_header=False, padding=(0, 1))
    tenths = [
        min(_TENTHS - 1, int(_TENTHS * brief.score / brief.max_score)) if brief.max_score else 0 for brief in graded
    ]
    most = max((tenths.count(tenth) for tenth in range(_TENTHS)), default=1)
    highest = max((brief.max_score for brief in graded), default=0.0)
    for tenth in range(_TENTHS):
        count = tenths.count(tenth)
        low, high = highest * tenth / _TENTHS, highest * (tenth + 1) / _TENTHS
        bar = "█" * round(_BAR * count / max(1, most)) or ("▏" if count else "")
        made.add_row(Text(f"{points(low)} to {points(high)}", justify="right"), Text(bar), Text(str(count)))
    return made


def _name(brief: Brief) -> str:
    return _safe(brief.student or brief.notebook)


def details(result: Result) -> str:
    """One submission with every property, its counterexample and what the code does, as plain text."""
    result = clean(result)
    paragraphs = [heading(result)]
    paragraphs += [text(one_line(question.id), question) for question in result.questions]
    return without_commands("\n\n".join(paragraphs))


def heading(result: Result) -> str:
    """One submission's points, and how it was run; or why it could not be graded."""
    result = clean(result)
    earned = f"{label(result)}: {_score(result)} points ({setting(result)}, {result.duration_s:.1f} s)"
    why = f"\n\nCould not be graded: {result.message}" if result.status is ResultStatus.ERROR else ""
    return without_commands(f"{earned}{why}")


def _safe(text: str) -> str:
    return without_commands(one_line(text))


def _score(result: Result) -> str:
    return points_of(result.score, result.max_score)


def _held(result: Result) -> str:
    held = sum(check.status is CheckStatus.PASSED for check in result.checks)
    return f"{held} of {len(result.checks)}"


def _style(result: Result) -> str:
    if result.status is ResultStatus.ERROR:
        return "red"
    return "green" if result.score >= result.max_score else "yellow"
