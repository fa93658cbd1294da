"""A question's verdict as it stands under its check cell: HTML with inline styles only, and text of equal content."""

from dataclasses import dataclass
from html import escape

from autograder.results import CheckResult, CheckStatus, QuestionResult

INK, PAPER, FAINT, LINE = "#1f2328", "#ffffff", "#57606a", "#d0d7de"
PASSED_COLOUR, OTHER_COLOUR = "#1a7f37", "#b35900"
WORDS = {
    CheckStatus.PASSED: "holds",
    CheckStatus.FAILED: "does not hold",
    CheckStatus.ERROR: "no answer",
    CheckStatus.TIMEOUT: "no answer in time",
}


# How the message of a property begins whose answer is still the stub.
UNWRITTEN = "got NotImplementedError"


@dataclass(frozen=True)
class Report:
    """A question's verdict that JupyterLab shows as HTML and a terminal as text."""

    title: str
    result: QuestionResult

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": html(self.title, self.result), "text/plain": text(self.title, self.result)}

    def __repr__(self) -> str:
        return text(self.title, self.result)


def sign(status: CheckStatus) -> str:
    """A tick or a cross, so that colour is not the only difference."""
    return "✓" if status is CheckStatus.PASSED else "✗"


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
    if _is_unwritten(result):
        return f"{title}: 0 of {points(result.max_score)} points\n{_unwritten(result)}"
    lines = [f"{title}: {points(result.score)} of {points(result.max_score)} points"]
    for check in result.checks:
        told = f"{WORDS[check.status]}; {points(check.score)} of {points(check.max_score)}"
        lines.append(f"{sign(check.status)} {check.property} [{told}]")
        lines += [f"    {line}" for line in _details(check)]
    return "\n".join(lines)


def _is_unwritten(result: QuestionResult) -> bool:
    return all(check.message.startswith(UNWRITTEN) for check in result.checks)


def _unwritten(result: QuestionResult) -> str:
    return f"Still to be written: {len(result.checks)} properties wait for an answer."


def _details(check: CheckResult) -> list[str]:
    details = []
    if check.counterexample:
        details += ["Smallest example:", *(f"    {line}" for line in check.counterexample.splitlines())]
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
    if _is_unwritten(result):
        rows = f"<tr><td>{_unwritten(result)}</td></tr>"
    return (
        f'<div style="color:{INK};background-color:{PAPER};border:1px solid {LINE};padding:8px 12px;max-width:60em">'
        f'<p style="margin:0 0 6px 0"><strong>{escape(title)}</strong>: '
        f"{points(result.score)} of {points(result.max_score)} points</p>"
        f'<table style="border-collapse:collapse;color:{INK};background-color:{PAPER};width:100%">{rows}</table></div>'
    )


def _row(check: CheckResult) -> str:
    cell = (
        f"padding:4px 8px;border-top:1px solid {LINE};text-align:left;vertical-align:top;"
        f"background-color:{PAPER};color:{INK}"
    )
    colour = PASSED_COLOUR if check.status is CheckStatus.PASSED else OTHER_COLOUR
    return (
        f'<tr><td style="{cell};color:{colour};white-space:nowrap">'
        f"<strong>{sign(check.status)}</strong> {WORDS[check.status]}</td>"
        f'<td style="{cell}">{escape(check.property)}{_details_html(check)}</td>'
        f'<td style="{cell};text-align:right;white-space:nowrap">'
        f"{points(check.score)} of {points(check.max_score)}</td></tr>"
    )


def _details_html(check: CheckResult) -> str:
    small = "margin:2px 0"
    code = f"margin:4px 0;white-space:pre-wrap;color:{INK};background-color:#f6f8fa;padding:4px 6px"
    parts = []
    if check.counterexample:
        parts.append(f'<p style="{small}">Smallest example:</p>')
        parts.append(f'<pre style="{code}">{escape(check.counterexample)}</pre>')
    if check.message:
        parts.append(f'<p style="{small};white-space:pre-wrap">{escape(check.message)}</p>')
    if check.cause:
        parts.append(f'<p style="{small}"><em>Likely cause:</em> {escape(check.cause)}</p>')
    if check.note:
        parts.append(f'<p style="{small};color:{FAINT}">{escape(check.note)}</p>')
    return "".join(parts)
