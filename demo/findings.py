"""What was wrong with a submission, in a few lines, as the grader's JSON report says it."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.report.safe_text import one_line, without_commands

LINES = 3
NAMES = 2  # of questions of which the same was found; more are counted


def what_was_wrong(result: Mapping[str, Any], width: int) -> list[str]:
    """At most LINES lines of at most ``width`` characters on one of the report's results; none when all is right.

    Much of what a report says was written by a student: all of it is made harmless to print.
    """
    findings = [without_commands(one_line(finding)) for finding in _findings(result)]
    if len(findings) > LINES:
        left = len(findings) - LINES + 1
        findings = [*findings[: LINES - 1], f"… and {left} more findings"]
    lines: list[str] = []
    for number, finding in enumerate(findings, 1):
        room = LINES - len(lines) - (len(findings) - number)
        lines += textwrap.wrap(finding, width, max_lines=room, placeholder=" …")
    return lines


def _findings(result: Mapping[str, Any]) -> list[str]:
    """Why it could not be graded, or what was found of each question; questions of which the same was found are one."""
    if result["status"] == "error":
        return [result["message"]]
    questions = tuple(dict.fromkeys(check["question"] for check in result["checks"]))
    found: dict[str, list[str]] = {}
    for question in questions:
        failed = [check for check in result["checks"] if check["question"] == question and check["status"] != "passed"]
        if failed:
            found.setdefault(_told(failed), []).append(question)
    return [f"{_named(names, questions)}: {told}" for told, names in found.items()]


def _named(names: Sequence[str], questions: Sequence[str]) -> str:
    if len(names) > NAMES:
        return "every question" if len(names) == len(questions) else f"{names[0]} and {len(names) - 1} more"
    return ", ".join(names)


def _told(failed: Sequence[Mapping[str, Any]]) -> str:
    """What is known of failed checks, each thing once: the mistakes that have a name, or else all that was said."""
    named = [check for check in failed if check["misconception"]]
    told = [check["diagnosis"] or check["message"] or check["status"] for check in named or failed]
    return " ".join(f"{text.rstrip().rstrip('.')}." for text in dict.fromkeys(told))
