"""A question's verdict as it stands under its check cell: HTML with inline styles only, and text of equal content."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from autograder.report.content import EXAMPLE, WORDS, Example, Note, Part, Row, content, points_of, sign
from autograder.report.grids import FAINT, INK, LINE, PAPER, pictures
from autograder.report.text import summary_line, text
from autograder.results import CheckStatus, QuestionResult

__all__ = ["Report", "html", "summary_line", "text"]

PASSED_COLOUR, OTHER_COLOUR = "#1a7f37", "#a04a00"
CODE_PAPER, TOP_PAPER = "#f6f8fa", "#fff8ee"


@dataclass(frozen=True)
class Report:
    """A question's verdict that JupyterLab shows as HTML and a terminal as text."""

    title: str
    result: QuestionResult

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": html(self.title, self.result), "text/plain": text(self.title, self.result)}

    def __repr__(self) -> str:
        return text(self.title, self.result)


def html(title: str, result: QuestionResult) -> str:
    """The report for notebooks. Everything that comes from a submission is escaped."""
    report = content(title, result)
    # table-layout, font-size: JupyterLab would have all columns of one width, and smaller letters than around.
    table = f"border-collapse:collapse;table-layout:auto;margin:0;width:100%;font-size:1em;color:{INK};{_on(PAPER)}"
    box = f"color:{INK};{_on(PAPER)};border:1px solid {LINE};padding:8px 12px;max-width:64em;line-height:1.4"
    rows = "".join(map(_row, report.rows))
    return (
        f'<div style="{box}">'
        f'<p style="margin:0 0 6px 0"><strong>{escape(report.title)}</strong>: {report.points}</p>'
        + "".join(map(_top, report.top))
        + (f'<table style="{table}">{rows}</table>' if rows else "")
        + "</div>"
    )


def _on(background: str) -> str:
    return f"background-color:{background}"


def _top(parts: Sequence[Part]) -> str:
    style = f"border-left:4px solid {OTHER_COLOUR};margin:0 0 8px 0;padding:4px 10px;color:{INK};{_on(TOP_PAPER)}"
    return f'<div style="{style}">{"".join(map(_part, parts))}</div>'


def _row(row: Row) -> str:
    """A property's verdict in three cells; an example, and what is told around it, has a row for its width."""
    check, told = row.check, "".join(map(_part, row.parts))
    plain = f"padding:4px 8px;text-align:left;vertical-align:top;white-space:normal;line-height:1.4;{_on(PAPER)}"
    cell = f"{plain};border-top:1px solid {LINE}"
    colour = PASSED_COLOUR if check.status is CheckStatus.PASSED else OTHER_COLOUR
    below = ""
    if any(isinstance(part, Example) for part in row.parts):
        below = f'<tr><td colspan="3" style="{plain};padding:0 8px 8px 24px;color:{INK}">{told}</td></tr>'
    return (
        f'<tr><td style="{cell};color:{colour};white-space:nowrap;width:9em">'
        f"<strong>{sign(check.status)}</strong> {WORDS[check.status]}</td>"
        f'<td style="{cell};color:{INK}">{row.number}{escape(check.property)}{"" if below else told}</td>'
        f'<td style="{cell};color:{INK};text-align:right;white-space:nowrap;width:6em">'
        f"{points_of(check.score, check.max_score)}</td></tr>{below}"
    )


def _part(part: Part) -> str:
    small = "margin:3px 0;white-space:pre-wrap"
    if isinstance(part, Example):
        code = f"margin:4px 0;white-space:pre-wrap;color:{INK};{_on(CODE_PAPER)};padding:4px 6px"
        paste = f'<pre style="{code}">{escape(part.code)}</pre>' if part.code else ""
        return f'<p style="{small}"><strong>{EXAMPLE}:</strong></p>{pictures(part.grids)}{paste}'
    if isinstance(part, Note):
        return f'<p style="{small};color:{FAINT}">{escape(part.text)}</p>'
    label = f"<strong>{part.label}:</strong> " if part.label else ""
    return f'<p style="{small}">{label}{escape(part.text)}</p>'
