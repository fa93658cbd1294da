"""A log that folds: for each question a group with its report, as GitHub's and GitLab's pages show it.

Between a group's marks GitHub's runner is told to take no orders, until a word that nobody could have guessed.
"""

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from autograder.report.annotations import command
from autograder.report.content import points_of, sign
from autograder.report.safe_text import clean, one_line, without_commands
from autograder.report.terminal import details, heading
from autograder.report.text import text
from autograder.report.wording import label
from autograder.results import CheckStatus, QuestionResult, Result

_ERASE = "\x1b[0K"


class LogStyle(StrEnum):
    """What is to read the log."""

    PLAIN = "plain"
    GITHUB = "github"
    GITLAB = "gitlab"


def style_of(environment: Mapping[str, str]) -> LogStyle:
    """The style for the CI system whose runner has set these variables."""
    if environment.get("GITHUB_ACTIONS") == "true":
        return LogStyle.GITHUB
    return LogStyle.GITLAB if environment.get("GITLAB_CI") == "true" else LogStyle.PLAIN


def folded(results: Sequence[Result], style: LogStyle) -> Iterator[str]:
    """The log's lines: of one submission a group for each question, of several one for each submission."""
    if len(results) > 1:
        for number, result in enumerate(results, 1):
            earned = points_of(result.score, result.max_score)
            full = result.score >= result.max_score
            yield from _group(style, number, f"{_sign(full)} {label(clean(result))}: {earned}", details(result), full)
        return
    for result in map(clean, results):
        yield heading(result)
        for number, question in enumerate(result.questions, 1):
            yield from _question(style, number, question)


def _question(style: LogStyle, number: int, question: QuestionResult) -> Iterator[str]:
    name, full = one_line(question.id), question.score >= question.max_score
    title = f"{_sign(full)} {name}: {points_of(question.score, question.max_score)} points"
    yield from _group(style, number, title, without_commands(text(name, question)), full)


def _sign(full: bool) -> str:
    return sign(CheckStatus.PASSED if full else CheckStatus.FAILED)


def _group(style: LogStyle, number: int, title: str, body: str, folds: bool) -> Iterator[str]:
    """folds: whether nobody needs to read it; GitHub folds every group."""
    if style is LogStyle.GITHUB:
        word = secrets.token_hex(16)
        yield command("group", {}, title)
        yield command("stop-commands", {}, word)
        yield body
        yield command(word, {}, "")
        yield command("endgroup", {}, "")
    elif style is LogStyle.GITLAB:
        now, name = int(time.time()), f"autograder_{number}"
        folding = "[collapsed=true]" if folds else ""
        yield f"{_ERASE}section_start:{now}:{name}{folding}\r{_ERASE}{title}"
        yield body
        yield f"{_ERASE}section_end:{now}:{name}\r{_ERASE}"
    else:
        yield body
