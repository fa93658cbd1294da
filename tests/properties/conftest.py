"""What the tests of properties share: the questions of all assignments, and a way to put one property to some code."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder.check import LocalAsker
from autograder.properties import Property, Question, load_questions
from autograder.properties.examples import draw
from autograder.properties.judge import judge_property
from autograder.results import CheckResult

Judge = Callable[..., CheckResult]


@pytest.fixture(scope="session")
def questions() -> Mapping[str, Question]:
    """The questions of every assignment, by id."""
    paths = sorted((Path(__file__).resolve().parents[2] / "source").glob("*/questions.py"))
    return {question.id: question for path in paths for question in load_questions(path)}


@pytest.fixture(scope="session")
def judge(questions: Mapping[str, Question]) -> Judge:
    """``judge(question, property, source)``: the verdict on the code that ``source`` defines.

    ``seed`` and ``examples``: which cases, and how many instead of the property's own number.
    """
    drawn = cache(lambda question, id, seed, examples: draw(property_of(questions[question], id), seed, examples))

    def judged(
        question_id: str, property_id: str, source: str, *, seed: int = 0, examples: int | None = None
    ) -> CheckResult:
        namespace: dict[str, Any] = {}
        exec(f"import torch\nfrom torch import nn\nfrom torch.nn import functional as F\n{source}", namespace)
        cases = drawn(question_id, property_id, seed, examples)
        return judge_property(questions[question_id], cases, LocalAsker(namespace))

    return judged


def property_of(question: Question, id: str) -> Property:
    return next(item for item in question.properties if item.id == id)
