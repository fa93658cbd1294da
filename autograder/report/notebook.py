"""A question's verdict as it stands under its check cell: HTML with inline styles only, and plain text of equal content."""

from dataclasses import dataclass
from html import escape

from autograder.results import CheckResult, CheckStatus, QuestionResult

INK, PAPER, FAINT, LINE = "#1f2328", "#ffffff", "#57606a", "#d0d7de"
SIGNS = {CheckStatus.PASSED: "✓", CheckStatus.FAILED: "✗", CheckStatus.ERROR: "✗", CheckStatus.TIMEOUT: "✗"}
COLOURS = {CheckStatus.PASSED: "#1a7f37", CheckStatus.FAILED: "#b35900", CheckStatus.ERROR: "#b35900", CheckStatus.TIMEOUT: "#b35900"}
WORDS = {CheckStatus.PASSED: "holds", CheckStatus.FAILED: "does not hold", CheckStatus.ERROR: "no answer", CheckStatus.TIMEOUT: "no answer in time"}


@dataclass(frozen=True)
class Report:
    """A question's verdict that JupyterLab shows as HTML and a terminal as text."""

    title: str
    result: QuestionResult

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": html(self.title, self.result), "text/plain": text(self.title, self.result)}

    def __repr__(self) -> str:
        return text(self.title, self.result)


def points(number: float) -> str:
    """Points without trailing zeros: 2.5, 3."""
    return f"{number:g}"


def summary_line(title: str, result: QuestionResult) -> str:
    """One paragraph: the points, and the first thing that is wrong."""
    wrong = [check for check in result.checks if check.status is not CheckStatus.PASSED]
    head = f"{title}: {points(result.score)} of {points(result.max_score)} points."
    if not wrong:
        return head
    first = wrong[0]
    more = f" And {len(wrong) - 1} more." if len(wrong) > 1 else ""
    example = f" Smallest example: {' '.join(first.counterexample.split())}." if first.counterexample else ""
    return f"{head} Not so: {first.property} Here: {first.message}.{example} {first.cause}{more}".strip()


def text(title: str, result: QuestionResult) -> str:
    """The report for terminals and screen readers."""
    lines = [f"{title}: {points(result.score)} of {points(result.max_score)} points"]
    for check in result.checks:
        lines.append(f"{SIGNS[check.status]} {check.property} [{WORDS[check.status]}; {points(check.score)} of {points(check.max_score)}]")
        lines += [f"    {line}" for line in _details(check)]
    return "\n".join(lines)


def _details(check: CheckResult) -> list[str]:
    details = []
    if check.counterexample:
        details += ["smallest example:", *(f"    {line}" for line in check.counterexample.splitlines())]
    if check.message:
        details += check.message.splitlines()
    if check.cause:
        details.append(f"Likely cause: {check.cause}")
    if check.note:
        details.append(check.note)
    return details


def html(title: str, result: QuestionResult) -> str:
    """The report for notebooks. Everything that comes from a submission is escaped."""
    rows = "".join(_row(check) for check in result.checks)
    return (
        f'<div style="color:{INK};background-color:{PAPER};border:1px solid {LINE};padding:8px 12px;max-width:60em">'
        f'<p style="margin:0 0 6px 0"><strong>{escape(title)}</strong>: '
        f"{points(result.score)} of {points(result.max_score)} points</p>"
        f'<table style="border-collapse:collapse;color:{INK};background-color:{PAPER};width:100%">{rows}</table></div>'
    )


def _row(check: CheckResult) -> str:
    cell = f"padding:4px 8px;border-top:1px solid {LINE};text-align:left;vertical-align:top;background-color:{PAPER};color:{INK}"
    detail = "".join((
        f'<pre style="margin:4px 0;white-space:pre-wrap;color:{INK};background-color:#f6f8fa;padding:4px 6px">{escape(check.counterexample)}</pre>'
        if check.counterexample else "",
        f'<p style="margin:2px 0">{escape(check.message)}</p>' if check.message else "",
        f'<p style="margin:2px 0"><em>Likely cause:</em> {escape(check.cause)}</p>' if check.cause else "",
        f'<p style="margin:2px 0;color:{FAINT}">{escape(check.note)}</p>' if check.note else "",
    ))
    colour = COLOURS[check.status]
    return (
        f'<tr><td style="{cell};color:{colour};white-space:nowrap"><strong>{SIGNS[check.status]}</strong> {WORDS[check.status]}</td>'
        f'<td style="{cell}">{escape(check.property)}{detail}</td>'
        f'<td style="{cell};text-align:right;white-space:nowrap">{points(check.score)} / {points(check.max_score)}</td></tr>'
    )
