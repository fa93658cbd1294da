"""A question's verdict as plain text, for terminals, screen readers and one-paragraph messages."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from autograder.report.content import (
    CAUSE,
    EXAMPLE,
    TRY,
    UNWRITTEN,
    WORDS,
    Example,
    Part,
    Said,
    content,
    failing,
    is_unwritten,
    points_of,
    sign,
)
from autograder.report.grids import legend, number
from autograder.report.safe_text import one_line
from autograder.results import CheckResult, Grid, QuestionResult

WIDTH = 96  # of grids side by side, in characters
_GAP = "    "
# A summary is read in a small dialogue: about so many characters, of which so many of the message at most.
_SUMMARY_LENGTH, _MESSAGE_LENGTH = 500, 220


def text(title: str, result: QuestionResult) -> str:
    """The report for terminals and screen readers."""
    report = content(title, result)
    lines = [f"{report.title}: {report.points}"]
    for block in report.top:
        lines += plain(block)
    for row in report.rows:
        told = f"{WORDS[row.check.status]}; {points_of(row.check.score, row.check.max_score)}"
        lines.append(f"{sign(row.check.status)} {row.number}{row.check.property} [{told}]")
        lines += _indented(plain(row.parts))
    return "\n".join(lines)


def plain(parts: Sequence[Part], with_grids: bool = True) -> list[str]:
    """The lines of some parts of a report."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Example):
            grids = [*grid_lines(part.grids)] if with_grids else []
            lines += [f"{EXAMPLE}:", *_indented([*grids, *part.code.splitlines()])]
        else:
            label = f"{part.label}: " if isinstance(part, Said) and part.label else ""
            lines += f"{label}{part.text}".splitlines()
    return lines


def grid_lines(grids: Sequence[Grid]) -> Iterator[str]:
    """Grids side by side as far as WIDTH goes, each under its name; the wrong element [so], its window (so)."""
    side_by_side: list[list[str]] = []
    for grid in grids:
        block = _block(grid)
        if side_by_side and sum(len(one[0]) + len(_GAP) for one in side_by_side) + len(block[0]) > WIDTH:
            yield from _joined(side_by_side)
            side_by_side = []
        side_by_side.append(block)
    yield from _joined(side_by_side)
    meaning = legend(grids, "[ ]", "( )")
    if meaning:
        yield meaning


def _block(grid: Grid) -> list[str]:
    """A grid's name above its rows; all lines of the same length."""
    marked = grid.wrong is not None or bool(grid.window)
    cells = [
        [_marked(grid, i, j) if marked else number(value) for j, value in enumerate(row)]
        for i, row in enumerate(grid.rows)
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    between = " " if marked else "  "
    lines = [grid.name, *(between.join(map(str.rjust, row, widths)) for row in cells)]
    return [line.ljust(max(map(len, lines))) for line in lines]


def _marked(grid: Grid, i: int, j: int) -> str:
    left, right = "[]" if grid.wrong == (i, j) else "()" if (i, j) in grid.window else "  "
    return f"{left}{number(grid.rows[i][j])}{right}"


def _joined(blocks: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [len(block[0]) for block in blocks]
    for lines in zip_longest(*blocks, fillvalue=""):
        yield _GAP.join(map(str.ljust, lines, widths)).rstrip()


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def summary_line(title: str, result: QuestionResult) -> str:
    """One short paragraph: the points, what the code does or the first thing that is wrong, an example, advice."""
    head = f"{title}: {points_of(result.score, result.max_score)} points."
    if is_unwritten(result):
        return f"{head} {content(title, result).top[0][0].text}"
    wrong = failing(result.checks)
    if not wrong:
        return head
    first = next((check for check in wrong if check.misconception not in ("", UNWRITTEN)), wrong[0])
    paragraph = _summary(head, first, len(wrong) - 1, with_example=True)
    return paragraph if len(paragraph) <= _SUMMARY_LENGTH else _summary(head, first, len(wrong) - 1, with_example=False)


def _summary(head: str, check: CheckResult, others: int, with_example: bool) -> str:
    what = check.diagnosis if check.misconception else f"Not so: {check.property}"
    code = "; ".join(" ".join(line.split()) for line in check.counterexample.splitlines())
    message = one_line(check.message, _MESSAGE_LENGTH)
    here = f"{EXAMPLE}: {code}: {message}." if code and with_example else f"Here: {message}." if message else ""
    more = f"{others} more {'property does' if others == 1 else 'properties do'} not hold." if others else ""
    hint = f"{CAUSE}: {check.cause}" if check.cause else f"{TRY}: {check.advice}" if check.advice else ""
    return " ".join(part for part in (head, what, here, hint, more) if part)
