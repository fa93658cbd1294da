"""Results for a terminal or a CI log: a line for each submission as it is graded, a table at the end, one in detail."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.report.content import points, points_of
from autograder.report.safe_text import clean, one_line, without_commands
from autograder.report.text import text
from autograder.report.wording import label, setting
from autograder.results import CheckStatus, Result, ResultStatus, total


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


def table(results: Sequence[Result]) -> Table:
    """All submissions, in the order given, one a row; the caption counts them."""
    made = Table(box=box.ROUNDED, caption=_caption(results), caption_justify="left")
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


def details(result: Result) -> str:
    """One submission with every property, its counterexample and what the code does, as plain text."""
    result = clean(result)
    run = f"{setting(result)}, {result.duration_s:.1f} s"
    paragraphs = [f"{label(result)}: {_score(result)} points ({run})"]
    if result.status is ResultStatus.ERROR:
        paragraphs.append(f"Could not be graded: {result.message}")
    paragraphs += [text(one_line(question.id), question) for question in result.questions]
    return without_commands("\n\n".join(paragraphs))


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


def _caption(results: Sequence[Result]) -> Text:
    ungraded = sum(result.status is ResultStatus.ERROR for result in results)
    graded = [result.score for result in results if result.status is ResultStatus.GRADED]
    parts = [f"{len(results)} submission{'' if len(results) == 1 else 's'}"]
    if graded:
        parts.append(f"{points(total(graded) / len(graded))} points on average")
    if ungraded:
        parts.append(f"{ungraded} could not be graded")
    return Text(", ".join(parts))
