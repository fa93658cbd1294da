"""Loads an assignment's ``questions.py``, which is the instructor's own code."""

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from autograder.errors import AutograderError
from autograder.properties.limits import SubmissionLimits
from autograder.properties.property import Question


class QuestionsUnusable(AutograderError):
    """The file of questions cannot be used."""


@dataclass(frozen=True)
class Exam:
    """What a file of questions defines."""

    questions: tuple[Question, ...]
    limits: SubmissionLimits


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions in a file, in order; raises QuestionsUnusable."""
    return load_exam(path).questions


def load_exam(path: Path) -> Exam:
    """What a file of questions defines; raises QuestionsUnusable.

    ``QUESTIONS`` is a tuple of :class:`Question` with distinct ids, ``LIMITS``, where there is one, a
    :class:`SubmissionLimits`.
    """
    if not path.is_file():
        raise QuestionsUnusable(
            f"There is no {path}.",
            "Every assignment has its questions beside its module.",
            "Write questions.py as in the other assignments.",
        )
    spec = importlib.util.spec_from_file_location(f"questions_of_{path.resolve().parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise QuestionsUnusable(
            f"{path} cannot be loaded: {type(error).__name__}: {error}.",
            "Its code raises an error.",
            f"Run python {path} to see where.",
        ) from error
    return exam_of(module, path)


def exam_of(module: ModuleType, path: Path) -> Exam:
    """What a loaded file of questions defines; raises QuestionsUnusable."""
    return Exam(_questions(getattr(module, "QUESTIONS", None), path), _limits(vars(module), path))


def _limits(defined: Mapping[str, object], path: Path) -> SubmissionLimits:
    limits = defined.get("LIMITS")
    if limits is None:
        other = next((name for name, value in defined.items() if isinstance(value, SubmissionLimits)), None)
        if other is not None:
            raise QuestionsUnusable(
                f"{path} defines limits as {other}, and no LIMITS.",
                "An assignment's limits are found by their name.",
                f"Rename {other} to LIMITS.",
            )
        return SubmissionLimits()
    if not isinstance(limits, SubmissionLimits):
        raise QuestionsUnusable(
            f"{path} defines LIMITS as {limits!r}.",
            "Limits are an object of their own.",
            "Write LIMITS = SubmissionLimits(cell_s=20), or leave it out.",
        )
    return limits


def _questions(questions: object, path: Path) -> tuple[Question, ...]:
    if not isinstance(questions, tuple) or not questions or not all(isinstance(item, Question) for item in questions):
        raise QuestionsUnusable(
            f"{path} defines no QUESTIONS.",
            "It has to be a tuple of Question objects.",
            "End the file with QUESTIONS = (first, second, ...).",
        )
    ids = [question.id for question in questions]
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise QuestionsUnusable(
            f"{path} has two questions named {', '.join(twice)}.", "Ids tell questions apart.", "Rename one."
        )
    return questions
