"""Notes on a pull request's files: for each question that loses points, one at the cell that answers it.

They are orders to GitHub's runner, and the only ones that a report gives
(https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.report.content import points_of
from autograder.report.safe_text import clean, one_line
from autograder.report.text import summary_line
from autograder.results import QuestionResult, Result, ResultStatus

SHOWN = 10  # so many errors of a step are shown, and those that come first
_MESSAGE_LIMIT = 1_000


@dataclass(frozen=True)
class Place:
    """Where a submission's answers stand. file: its path in its repository. lines: first and last, by question id."""

    file: str
    lines: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class _Loss:
    """Points that were lost, and what to say of it; question: empty where nothing could be graded."""

    points: float
    place: Place
    question: str
    title: str
    message: str


def annotations(results: Sequence[Result], places: Sequence[Place]) -> list[str]:
    """The lines for the log: the costliest questions first; of those beyond SHOWN only how many they are."""
    losses = [
        loss for result, place in zip(results, places, strict=True) for loss in _losses(clean(result, 2_000), place)
    ]
    worst = sorted(losses, key=lambda loss: -loss.points)
    lines = [_error(loss) for loss in worst[:SHOWN]]
    left = len(worst) - SHOWN
    if left > 0:
        more = f"{left} more {'loses' if left == 1 else 'lose'} points: see the log."
        lines.append(command("notice", {"title": f"The {SHOWN} costliest are shown"}, more))
    return lines


def _losses(result: Result, place: Place) -> Iterator[_Loss]:
    if result.status is ResultStatus.ERROR:
        yield _Loss(result.max_score, place, "", "Could not be graded", result.message)
    for question in result.questions:
        if question.score < question.max_score:
            yield _of(question, place)


def _of(question: QuestionResult, place: Place) -> _Loss:
    name = one_line(question.id)
    title = f"{name}: {points_of(question.score, question.max_score)} points"
    return _Loss(question.max_score - question.score, place, question.id, title, summary_line(name, question))


def _error(loss: _Loss) -> str:
    first, last = loss.place.lines.get(loss.question, (1, 1))
    where = {"file": one_line(loss.place.file, 4_096), "line": str(first), "endLine": str(last), "title": loss.title}
    return command("error", where, one_line(loss.message, _MESSAGE_LIMIT))


def command(name: str, properties: Mapping[str, str], message: str) -> str:
    """An order to GitHub's runner, in one line. Nothing in a property or in the message ends it, or begins another."""
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name}{' ' if told else ''}{told}::{_data(message)}"


def _data(text: str) -> str:
    """As the runner reads it back; ``##[``, which in other lines would begin an order, is taken apart."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace("##[", "# #[")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
