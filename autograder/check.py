"""The check cell: asks a question's properties of the notebook it stands in.

One cell does right by everybody. For a student at work it shows a report. Under nbgrader's *Validate* it raises a
short paragraph, because that is all that Validate shows. Under a stock ``nbgrader autograde`` it returns the points
as a float, which nbgrader takes as partial credit.
"""

import contextlib
import importlib
import io
import os
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch

from autograder.errors import AutograderError
from autograder.probe.answers import Answer, Reply
from autograder.probe.interpreter import Session
from autograder.probe.lending import lent
from autograder.probe.steps import Batch
from autograder.probe.time_limit import IMPATIENT_TIME_LIMIT_S, TimeLimitReached, time_limit
from autograder.properties.examples import Drawn, draw
from autograder.properties.judge import Unanswered, judge_question
from autograder.properties.limits import SubmissionLimits
from autograder.properties.property import Property, Question
from autograder.properties.questions import Exam, exam_of
from autograder.report.notebook import Report, summary_line

# The grader draws more examples, from a seed of its own; here a fixed seed makes a rerun after a repair comparable.
SEED = 0
EXAMPLES = 20
VALIDATE_COLUMNS = 88
# By the property's identity, which is its own for as long as its examples are kept: these hold the property.
_DRAWN: dict[int, Drawn] = {}


class CheckFailed(Exception):
    """Shown by nbgrader's Validate, as one paragraph and without a traceback."""

    def _render_traceback_(self) -> list[str]:
        # Validate's window breaks no lines, and hides what does not fit into its width.
        return [textwrap.fill(str(self), VALIDATE_COLUMNS, break_long_words=False, break_on_hyphens=False)]


class LocalAsker:
    """Asks the code in a namespace of this process."""

    def __init__(self, namespace: dict[str, Any], limits: SubmissionLimits = SubmissionLimits()) -> None:  # noqa: B008
        self._namespace, self._limits = namespace, limits
        self._timed_out = False

    def renewed(self, question: Question) -> bool:
        """A kernel is the one that it is."""
        return False

    def ask(self, batch: Batch, question: Question, lend: bool, time_limit_s: float | None) -> Reply:
        """See :class:`autograder.properties.judge.Asker`. Once code has run out of time, its other calls get less."""
        limit_s = time_limit_s or self._limits.property_s
        limit_s = min(limit_s, IMPATIENT_TIME_LIMIT_S) if self._timed_out else limit_s
        try:
            with time_limit(limit_s):
                return self._ask(batch, question, lend)
        except TimeLimitReached:
            self._timed_out = True
            raise Unanswered(f"no answer within {limit_s:g} s", timed_out=True) from None

    def _ask(self, batch: Batch, question: Question, lend: bool) -> Reply:
        session = Session(self._namespace)
        answers: list[dict[str, Answer]] = [{} for _ in batch.programmes]
        forbidden: dict[str, None] = {}
        quiet = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
        with lent(question.lend if lend else "", self._namespace), quiet[0], quiet[1]:
            for stage in batch.stages:
                reply = session.run([programme[stage] for programme in batch.programmes], question.forbid)
                for together, part in zip(answers, reply.answers, strict=True):
                    together.update(part)
                forbidden |= dict.fromkeys(reply.forbidden)
        return Reply(tuple(answers), tuple(forbidden))


def check(question_id: str) -> Report | float | None:
    """Ask the properties of a question of the notebook's functions as they stand now.

    Returns what suits the place: a report to look at, points for nbgrader, or None. Raises CheckFailed under
    Validate when something is wrong.
    """
    namespace, exam = _callers_namespace(), _exam()
    asker, question = LocalAsker(namespace, exam.limits), _find(exam, question_id)
    # asking draws random numbers, and the notebook's own are not to depend on it
    with _one_thread(), torch.random.fork_rng(devices=[]):
        result = judge_question(question, [_drawn(item) for item in question.properties], asker)
    mode = os.environ.get("NBGRADER_EXECUTION")
    if mode == "autograde":
        return result.score
    if mode == "validate":
        if result.score < result.max_score:
            raise CheckFailed(summary_line(question.title, result))
        return None
    return Report(question.title, result)


def _drawn(item: Property) -> Drawn:
    """The property's examples, drawn once in a kernel: a check is run again and again while its answer is written."""
    if id(item) not in _DRAWN:
        _DRAWN[id(item)] = draw(item, SEED, min(EXAMPLES, item.examples))
    return _DRAWN[id(item)]


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """Examples are tiny, and threads would only wait for each other: a check takes a fraction of the time with one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _callers_namespace() -> dict[str, Any]:
    return sys._getframe(2).f_globals


def _exam() -> Exam:
    try:
        # on the CPU, whatever the notebook's default device is
        with torch.device("cpu"):
            module = importlib.import_module("questions")
    except ModuleNotFoundError as error:
        if error.name != "questions":
            raise
        raise _Missing(
            "The file questions.py is not beside this notebook.",
            "It holds the questions that check() asks.",
            "Copy it back from the assignment's folder and restart the kernel.",
        ) from error
    return exam_of(module, Path("questions.py"))


def _find(exam: Exam, question_id: str) -> Question:
    questions: Mapping[str, Question] = {item.id: item for item in exam.questions}
    if question_id not in questions:
        raise _Missing(
            f"There is no question {question_id!r}.",
            f"The questions are {', '.join(questions)}.",
            "Correct the name in the check cell.",
        )
    return questions[question_id]


class _Missing(AutograderError):
    """The check cannot begin; the notebook shows why in one paragraph."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]
