"""Results as Markdown, for the summary of a GitHub job and whatever else shows it: what is wrong and why, then a table.

Nothing that a student chose can become a link, an image, HTML, a mention or a cell of a table: it stands between fences
or backticks longer than any in it, or is escaped; what GitHub looks for in finished pages is broken by a space of no
width.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.errors import AutograderError
from autograder.report.content import EXAMPLE, Content, Example, Part, Row, Said, content, points_of, sign
from autograder.report.files import write_atomically, written
from autograder.report.safe_text import clean, encodable, one_line, without_commands
from autograder.report.text import grid_lines
from autograder.report.wording import label, setting
from autograder.results import CheckResult, CheckStatus, Result, ResultStatus

# https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#step-isolation-and-limits
LIMIT_BYTES = 1024 * 1024
_LEAST_ROOM_BYTES = 4096
_TEXT_LIMIT = 2_000  # characters of any one text
_ROWS, _DETAILED = 500, 60  # of several submissions: how many are listed, and how many shown
_CUT = "_No more fits into a job's summary. The other reports have all of it._"

_BACKTICKS = re.compile("`+")
_STRUCTURE = re.compile(r"[\\`*_{}\[\]#!~$@]|^[-+=:^]")
_NUMBERED = re.compile(r"^(\d+)(?=[.)])")  # which would begin a list
# Mentions, issues, emoji and addresses, which are looked for once the page is made and whatever was escaped.
_REFERENCE = re.compile(r"(?<=[@#:])(?=[\w/+-])|(?<=www)(?=\.)", re.IGNORECASE)
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"})


def markdown_report(results: Sequence[Result], room_bytes: int = LIMIT_BYTES) -> str:
    """The Markdown, which takes at most ``room_bytes`` in UTF-8; what does not fit is left out, block by block."""
    blocks: list[str] = []
    room = room_bytes - len(_CUT) - 1
    for block in _blocks(results):
        room -= len(block.encode()) + 2
        if room < 0:
            blocks.append(_CUT)
            break
        blocks.append(block)
    return "\n\n".join(blocks) + "\n"


def write_markdown(path: Path, results: Sequence[Result]) -> None:
    """Write the Markdown. GitHub's job summary is added to, as other commands may have; any other file is replaced.

    Raises AutograderError when the file cannot be written, or the summary is full.
    """
    if not _is_job_summary(path):
        write_atomically(path, markdown_report(results).encode())
        return
    with written(path):
        there = path.read_bytes() if path.exists() else b""
    apart = b"\n\n" if there else b""
    room = LIMIT_BYTES - len(there) - len(apart)
    if room < _LEAST_ROOM_BYTES:
        raise AutograderError(
            f"The job's summary {encodable(str(path))} is full.",
            f"GitHub takes {LIMIT_BYTES // 1024} KiB, and {len(there)} bytes are there.",
            "Grade in a step of its own, or name another file.",
        )
    with written(path), open(path, "ab") as file:
        file.write(apart + markdown_report(results, room).encode())


def _is_job_summary(path: Path) -> bool:
    """Whether GitHub's runner made the file and will read it: it is this very file that it reads."""
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    return bool(summary) and os.path.realpath(path) == os.path.realpath(str(summary))


def _blocks(results: Sequence[Result]) -> Iterator[str]:
    if len(results) == 1:
        yield from _submission(results[0], 2)
        return
    yield f"## {len(results) or 'No'} submissions"
    if results:
        yield _overview(results)
    for number, result in enumerate(results):
        if number == _DETAILED:
            yield f"_{len(results) - _DETAILED} more are not shown here._"
            return
        yield from _submission(result, 3)


def _overview(results: Sequence[Result]) -> str:
    rows = []
    for number, result in enumerate(results):
        if number == _ROWS:
            rows.append(("…", f"{len(results) - _ROWS} more", ""))
            break
        rows.append((_mark(result), _code(result.student or label(result)), points_of(result.score, result.max_score)))
    return _table(("", "Submission", "Points"), rows)


def _mark(result: Result) -> str:
    full = result.status is ResultStatus.GRADED and result.score >= result.max_score
    return sign(CheckStatus.PASSED if full else CheckStatus.FAILED)


def _submission(result: Result, level: int) -> Iterator[str]:
    """A submission's blocks under a heading of this level."""
    result = clean(result, _TEXT_LIMIT)
    yield f"{'#' * level} {_code(label(result))}: {points_of(result.score, result.max_score)} points"
    if result.status is ResultStatus.ERROR:
        yield "It could not be graded:"
        yield _fence(result.message)
        return
    reports = [content(one_line(question.id), question) for question in result.questions]
    rows = []
    for question, report in zip(result.questions, reports, strict=True):
        full = question.score >= question.max_score
        earned = points_of(question.score, question.max_score)
        rows.append((sign(CheckStatus.PASSED if full else CheckStatus.FAILED), f"**{_prose(report.title)}**", earned))
        rows += [
            (sign(check.status), _numbered(check, number), points_of(check.score, check.max_score))
            for number, check in enumerate(question.checks, 1)
        ]
    yield f"Graded on {_prose(setting(result))} in {result.duration_s:.1f} s."
    wrong = [block for report in reports for block in _question(report, level + 1)]
    yield from wrong
    if wrong:
        yield f"{'#' * (level + 1)} All properties"
    yield _table(("", "Question and properties", "Points"), rows)


def _numbered(check: CheckResult, number: int) -> str:
    return f"{number}. {_prose(check.property)}"


def _question(report: Content, level: int) -> Iterator[str]:
    """What is wrong with an answer; nothing where nothing is."""
    wrong = [row for row in report.rows if row.check.status is not CheckStatus.PASSED]
    if wrong or report.top:
        yield f"{'#' * level} {_prose(report.title)}: {report.points}"
    for block in report.top:
        yield from map(_said, block)
    for row in wrong:
        if any(isinstance(part, Example | Said) for part in row.parts):  # else the top has said all of it
            yield from _property(row, level + 1)


def _property(row: Row, level: int) -> Iterator[str]:
    told = f"{points_of(row.check.score, row.check.max_score)} points"
    yield f"{'#' * level} {sign(row.check.status)} {row.number}{_prose(row.check.property)} ({told})"
    for part in row.parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Example):
        yield f"**{EXAMPLE}:**"
        if part.grids:
            yield _fence("\n".join(grid_lines(part.grids)))
        if part.code:
            yield _fence(part.code, "python")
    elif isinstance(part, Said) and not part.label:
        yield _fence(part.text)  # what was got and what was wanted, in lines
    else:
        yield _said(part)


def _said(part: Part) -> str:
    assert not isinstance(part, Example)
    words = f"**{part.label}:** " if isinstance(part, Said) and part.label else ""
    return f"{words}{_prose(part.text)}"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, (":-:", "---", "--:"), *rows))


def _prose(text: str) -> str:
    """The text in one line, in which no character means anything to Markdown."""
    apart = _REFERENCE.sub("\u200b", one_line(text, _TEXT_LIMIT))
    escaped = _STRUCTURE.sub(lambda found: f"\\{found[0]}", apart)
    return _NUMBERED.sub(r"\1\\", escaped).translate(_ENTITIES)


def _code(text: str) -> str:
    """The text in one line between backticks. Tables are split at a bar also there, so that it becomes a broken one."""
    line = without_commands(one_line(text)).replace("|", "¦") or "(no name)"
    ticks = "`" * (_longest_run(line) + 1)
    return f"{ticks} {line} {ticks}"


def _fence(text: str, language: str = "text") -> str:
    lines = without_commands(text)  # a summary may be shown in a job's log
    fence = "`" * max(3, _longest_run(lines) + 1)
    return f"{fence}{language}\n{lines}\n{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, _BACKTICKS.findall(text)), default=0)
