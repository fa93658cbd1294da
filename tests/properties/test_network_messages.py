"""What a student is told of a network that is wrong: a recipe to make it by, and what was got and wanted."""

from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.course import Course
from autograder.probe.interpreter import Session
from autograder.properties.examples import draw
from autograder.properties.property import Finding
from autograder.properties.questions import load_questions

COURSE = Course(Path(__file__).resolve().parents[2])
ANSWERS = COURSE.catalogue("lenet") / "wrong" / "lenet"
LENET = next(question for question in load_questions(COURSE.questions("lenet")) if question.id == "lenet")


def told(answer: str, property: str) -> Finding:
    """The first complaint of a property about one of the catalogue's wrong answers."""
    namespace = {"torch": torch, "nn": nn, "F": F}
    exec((ANSWERS / f"{answer}.py").read_text(encoding="utf-8"), namespace)
    drawn = draw(next(item for item in LENET.properties if item.id == property), seed=7)
    session = Session(namespace)
    replies = [session.run([one[stage] for one in drawn.batch.programmes]) for stage in drawn.batch.stages]
    for case, *parts in zip(drawn.cases, *(reply.answers for reply in replies), strict=True):
        answers = {name: value for part in parts for name, value in part.items()}
        if (finding := drawn.property.judge(case, answers)) is not None:
            return finding
    raise LookupError(f"{property} finds nothing wrong with {answer}")


@pytest.mark.parametrize(
    ("answer", "property"),
    [("no_grad", "gradients"), ("detached_features", "gradients"), ("tanh", "values"), ("seeded", "pure")],
)
def test_a_complaint_tells_how_to_make_the_network_that_it_is_about(answer: str, property: str) -> None:
    finding = told(answer, property)
    assert "generator = torch.Generator().manual_seed(" in finding.call
    assert "model = LeNet(" in finding.call
    assert finding.got != finding.want
