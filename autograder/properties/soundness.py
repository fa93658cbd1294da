"""Whether questions can be asked at all: tried out by the instructor's tools before anybody is judged by them."""

from collections.abc import Iterable

import torch

from autograder.errors import AutograderError
from autograder.properties.examples import draw
from autograder.properties.property import Property, Question
from autograder.properties.questions import QuestionsUnusable

TRIED = 30  # cases: enough that a mistake shows in one of them


def require_sound(questions: Iterable[Question]) -> None:
    """Draw some cases of every property, and try out what they are compared with; raises AutograderError."""
    torch.set_num_threads(1)  # cases are tiny: threads would only wait for each other
    for question in questions:
        for item in question.properties:
            _require_sound(question, item)


def _require_sound(question: Question, item: Property) -> None:
    name = f"{question.id}.{item.id}"
    try:
        cases = draw(item, 0, min(TRIED, item.examples)).cases
        for case in cases:
            item.probe(case)
    except AutograderError:
        raise
    except Exception as error:
        raise QuestionsUnusable(
            f"The examples of {name} cannot be drawn: {type(error).__name__}: {error}.",
            "Its strategy, or the shapes that it draws, are at fault.",
            "Draw one by hand: strategy.example() in a terminal.",
        ) from error
    if not cases:
        raise QuestionsUnusable(f"{name} has no examples.", "Its strategy draws none.", "Draw others.")
    item.prove(cases)
