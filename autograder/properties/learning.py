"""Properties of a trained model: what it makes of images that it has not seen, and of those that it has.

Numbers in float32 differ between machines, and training multiplies the differences: so nothing is asked here but how
many answers are right, with a margin that many seeds have shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st

from autograder.probe.answers import Answers
from autograder.probe.steps import Call, Input, Programme, Ref, Stage
from autograder.properties.effects import SEEDED
from autograder.properties.property import Misconception, Property, TensorWanted, Wrong, judged_by, value_of
from autograder.properties.strategies import Case


@dataclass(frozen=True)
class Labelled:
    """Images, (n, ...), and their labels, (n,), whole numbers from 0 to classes - 1."""

    X: torch.Tensor
    y: torch.Tensor
    classes: int

    def renamed(self, order: Sequence[int]) -> "Labelled":
        """The same images, with class c named order[c]."""
        return Labelled(self.X, torch.tensor(order)[self.y], self.classes)

    def hits(self, answers: Answers) -> int:
        """How many images the answered logits are right for; raises Wrong where there are none."""
        for step in ("model", "evaluated"):
            value_of(answers, step)
        logits = TensorWanted((len(self.y), self.classes)).of(value_of(answers, "logits")).data
        return int((logits.argmax(1) == self.y).sum())


# What is asked of a model when its training is over. The labels are not among it.
_ASKED = (Call("evaluated", Ref("model", "eval")), Call("logits", Ref("model"), (Ref("images"),)))


def held_out(
    name: str,
    points: float,
    data: Callable[[], tuple[Labelled, Labelled]],
    classes: int,
    threshold: float,
    *,
    time_limit_s: float,
    cause: str = "",
    lend: str = "",
) -> Property:
    """The model that ``name(X, y)`` returns gets a share of the images right that it has not been trained on.

    data: those to train on, and those held out. The classes get other names, so that weights learned elsewhere
    are of no use as they are; the held-out images are sent when the training is over, and their labels never. Who has
    the same data can find them there: no more is claimed than how many answers are right.
    """

    def share(case: Case, answers: Answers) -> float:
        kept = data()[1].renamed(case["order"])
        return kept.hits(answers) / len(kept.y)

    def probe(case: Case) -> Programme:
        known, kept = data()
        inputs = {"X": Input.like(known.X), "y": Input.like(known.renamed(case["order"]).y)}
        trained = Stage(inputs, (SEEDED, Call("model", name, (Ref("X"), Ref("y")))))
        return (trained, Stage({"images": Input.like(kept.X)}, _ASKED))

    def verify(case: Case, answers: Answers) -> None:
        got = share(case, answers)
        if got < threshold:
            raise Wrong(f"{got:.1%} of the held-out images right", f"at least {threshold:.0%}")

    def between(least: float, most: float) -> Callable[[Case, Answers], bool]:
        return lambda case, answers: least <= share(case, answers) < most

    guessed = 2 / classes
    orders = st.permutations(range(classes)).filter(lambda order: all(old != new for old, new in enumerate(order)))
    return Property(
        "held_out",
        f"The trained model gets at least {threshold:.0%} of the held-out images right.",
        points,
        orders.map(lambda order: {"order": order}),
        probe,
        judged_by(verify, lambda case: f"classes renamed: c becomes {case['order']}[c]\nmodel = {name}(X, y)"),
        cause,
        1,
        time_limit_s,
        answer="model",
        misconceptions=(
            Misconception(
                "learns_nothing",
                "The model is no better than guessing.",
                "Print the loss of each epoch: it has to fall. Then look at what the model is trained on.",
                between(0, guessed),
            ),
            Misconception(
                "learns_too_little",
                "The model has learned something, and not enough.",
                "Print the loss of each epoch, and train until it hardly falls any more.",
                between(guessed, threshold),
            ),
        ),
        lend=lend,
    )


@dataclass(frozen=True)
class Recipe:
    """How a student's model is trained: what it is made with, Adam's learning rate, and for how long."""

    arguments: tuple[Any, ...]
    lr: float
    epochs: int
    batch_size: int


def overfits(
    model: str,
    train_epoch: str,
    points: float,
    data: Callable[[], Labelled],
    few: int,
    recipe: Recipe,
    *,
    time_limit_s: float,
    cause: str = "",
) -> Property:
    """A student's model, trained by the student's own loop on a few images, gets all of those right."""

    def probe(case: Case) -> Programme:
        known = data()
        arguments = (Ref("model"), Ref("X"), Ref("y"), Ref("optimizer"), recipe.batch_size)
        epochs = (Call(f"epoch_{number}", train_epoch, arguments) for number in range(1, recipe.epochs + 1))
        steps = (
            SEEDED,
            Call("model", model, recipe.arguments),
            Call("parameters", Ref("model", "parameters")),
            Call("optimizer", "torch.optim.Adam", (Ref("parameters"),), {"lr": recipe.lr}),
            *epochs,
        )
        inputs = {"X": Input.like(known.X), "y": Input.like(known.y)}
        return (Stage(inputs, steps), Stage({"images": Input.like(known.X)}, _ASKED))

    def verify(case: Case, answers: Answers) -> None:
        value_of(answers, "epoch_1")
        got = data().hits(answers)
        if got < few:
            raise Wrong(f"{got} of {few} images right", f"all {few} right")

    def written(case: Case) -> str:
        return (
            f"model = {model}({', '.join(repr(argument) for argument in recipe.arguments)})\n"
            f"optimizer = torch.optim.Adam(model.parameters(), lr={recipe.lr:g})\n"
            f"for _ in range({recipe.epochs}):\n"
            f"    {train_epoch}(model, X[:{few}], y[:{few}], optimizer, {recipe.batch_size})"
        )

    return Property(
        "overfits",
        f"After {recipe.epochs} epochs on {few} images, a {model} gets all of these right.",
        points,
        st.just({}),
        probe,
        judged_by(verify, written),
        cause,
        1,
        time_limit_s,
        answer="model",
    )
