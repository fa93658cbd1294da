"""What a trained model is asked: images that it has not seen, under names of the classes that nobody knew before."""

from typing import Any

import pytest
import torch

from autograder.probe.steps import Call
from autograder.properties import learning
from autograder.properties.examples import draw
from autograder.properties.learning import Labelled, Recipe
from tests.support.judging import Asked

CLASSES = 4


def quadrants(seed: int, n: int) -> Labelled:
    """Images of 2 by 2 with one bright pixel, and the place of that."""
    generator = torch.Generator().manual_seed(seed)
    y = torch.randint(0, CLASSES, (n,), generator=generator)
    noise = torch.rand(n, 4, generator=generator) / 4
    noise[torch.arange(n), y] += 1
    return Labelled(noise.reshape(n, 1, 2, 2), y, CLASSES)


KNOWN, KEPT = quadrants(0, 60), quadrants(1, 40)


def held_out(lend: str = "") -> Any:
    return learning.held_out("train", 1, lambda: (KNOWN, KEPT), CLASSES, 0.9, time_limit_s=20, lend=lend)


TRAIN = """
def train(X, y):
    model = nn.Sequential(nn.Flatten(), nn.Linear(4, 4))
    optimizer = torch.optim.Adam(model.parameters(), 0.1)
    for _ in range(60):
        optimizer.zero_grad()
        F.cross_entropy(model(X), y).backward()
        optimizer.step()
    return model
"""


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked(held_out())


def test_a_model_that_is_trained_on_what_is_given_gets_enough_right(asked: Asked) -> None:
    assert asked.lost(TRAIN) == {}


def test_a_model_is_asked_in_evaluation_mode(asked: Asked) -> None:
    assert asked.lost(TRAIN.replace("nn.Flatten(),", "nn.Flatten(), nn.Dropout(0.5),").replace("(60)", "(300)")) == {}


def test_who_knows_the_answers_by_heart_knows_them_by_other_names(asked: Asked) -> None:
    by_heart = """
def train(X, y):
    model = nn.Sequential(nn.Flatten(), nn.Linear(4, 4))
    nn.init.eye_(model[1].weight)
    return model
"""
    assert asked.lost(by_heart) == {"held_out": "learns_nothing"}


def test_a_model_that_learns_too_little_is_told_so(asked: Asked) -> None:
    two_classes = TRAIN.replace("model(X), y)", "model(X)[y < 2], y[y < 2])")
    assert asked.lost(two_classes)["held_out"] in ("learns_too_little", "learns_nothing")
    assert asked.lost(TRAIN.replace("(60)", "(0)"))["held_out"] in ("learns_too_little", "learns_nothing")


@pytest.mark.parametrize("returned", ["None", "model(X)", "model.eval"])
def test_what_is_no_model_is_wrong(returned: str, asked: Asked) -> None:
    assert set(asked.lost(TRAIN.replace("return model", f"return {returned}"))) == {"held_out"}


def test_the_labels_of_the_held_out_images_are_never_sent_and_the_images_only_afterwards() -> None:
    for seed in range(5):
        (case,) = draw(held_out(), seed).cases
        assert sorted(case["order"]) == [0, 1, 2, 3]
        assert all(old != new for old, new in enumerate(case["order"]))
        first, second = held_out().probe(case)
        assert set(first.inputs) == {"X", "y"}
        assert set(second.inputs) == {"images"}
        assert torch.equal(first.inputs["y"].view(), torch.tensor(case["order"])[KNOWN.y])


MODEL = """
class Model(nn.Sequential):
    def __init__(self, inputs):
        super().__init__(nn.Flatten(), nn.Linear(inputs, 4))

def train_epoch(model, X, y, optimizer, batch_size):
    for images, labels in zip(X.split(batch_size), y.split(batch_size)):
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        optimizer.step()
"""


def test_a_model_and_a_loop_that_work_together_learn_a_few_images_by_heart() -> None:
    few = Labelled(KNOWN.X[:8], KNOWN.y[:8], CLASSES)
    item = learning.overfits("Model", "train_epoch", 1, lambda: few, 8, Recipe((4,), 0.1, 40, 4), time_limit_s=20)
    assert sum(isinstance(step, Call) and step.function == "train_epoch" for step in item.probe({})[0].steps) == 40
    asked = Asked(item)
    assert asked.lost(MODEL) == {}
    assert asked.lost(MODEL.replace("        optimizer.step()\n", "")) == {"overfits": ""}
    assert asked.lost("") == {"overfits": "undefined"}
