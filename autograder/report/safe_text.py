"""Makes what came out of a submission safe to report: harmless characters, finite numbers, bounded length.

A student chooses the words of an exception, and with them what a report says: they may hold terminal escapes, halves
of surrogate pairs, orders to the CI system that prints them, or a hundred megabytes.
"""

import math
import re
from dataclasses import replace

from autograder.results import CheckResult, QuestionResult, Result

# In characters. A line holds a label and something about it.
TEXT_LIMIT, LINE_LIMIT, LABEL_LIMIT, NAME_LIMIT = 8_000, 600, 300, 4_096
ELLIPSIS = "…"

SURROGATE = re.compile("[\ud800-\udfff]")
# Controls but tab and newline, what reverses the direction of writing, line ends that only Unicode knows, surrogates
# and non-characters: what is left may stand in XML 1.0 (https://www.w3.org/TR/xml/#charsets) and in a terminal.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
# GitHub's runner takes a line of a log for an order when it starts with "::" after spaces, or has "##[" anywhere
# (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs).
_BEFORE_FIRST_WORD = re.compile(r"^[^\w\n]+", re.MULTILINE)


def shorten(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, the last of which is an ellipsis when something was cut."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)] + ELLIPSIS


def encodable(text: str, limit: int = NAME_LIMIT) -> str:
    r"""``text`` as it stands but for surrogates, which UTF-8 cannot hold and which become ``\udc80``."""
    return shorten(SURROGATE.sub(_escape, shorten(text, limit)), limit)


def printable(text: str, limit: int = TEXT_LIMIT) -> str:
    r"""``text`` with its line breaks as ``\n`` and every harmful character written as an escape such as ``\x1b``."""
    lines = shorten(text, limit).replace("\r\n", "\n")
    return shorten(_HARMFUL.sub(_escape, lines), limit)


def one_line(text: str, limit: int = LINE_LIMIT) -> str:
    """``text`` with every run of white space as one space, for names and summaries."""
    return shorten(" ".join(printable(text).split()), limit)


def without_commands(text: str) -> str:
    """``text`` in which no line is an order to GitHub's runner; only text that could be one is changed."""
    apart = _BEFORE_FIRST_WORD.sub(lambda start: re.sub(":(?=:)", ": ", start[0]), text)
    return apart.replace("##[", "# #[")


def finite(number: float) -> float:
    """``number``, or 0 when it is infinite or not a number: JSON has neither."""
    return float(number) if math.isfinite(number) else 0.0


def clean(result: Result, limit: int = TEXT_LIMIT) -> Result:
    """``result`` with safe texts of at most ``limit`` characters and finite numbers.

    Names keep their control characters, so that a script finds the file that a result is about.
    """
    return replace(
        result,
        notebook=encodable(result.notebook),
        assignment=encodable(result.assignment),
        student=encodable(result.student),
        max_score=finite(result.max_score),
        device=encodable(result.device),
        duration_s=finite(result.duration_s),
        message=printable(result.message, limit),
        questions=tuple(
            QuestionResult(encodable(question.id), tuple(_clean_check(check, limit) for check in question.checks))
            for question in result.questions
        ),
    )


def _clean_check(check: CheckResult, limit: int) -> CheckResult:
    return replace(
        check,
        id=encodable(check.id),
        question=encodable(check.question),
        property=printable(check.property, limit),
        score=finite(check.score),
        max_score=finite(check.max_score),
        message=printable(check.message, limit),
        counterexample=printable(check.counterexample, limit),
        cause=printable(check.cause, limit),
        note=printable(check.note, limit),
        misconception=printable(check.misconception, limit),
        diagnosis=printable(check.diagnosis, limit),
        advice=printable(check.advice, limit),
        grids=tuple(replace(grid, name=printable(grid.name, LABEL_LIMIT)) for grid in check.grids),
    )


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
