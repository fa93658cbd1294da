"""Properties of a student's ``accuracy(model, X, y)``: the share of right answers, as a plain float."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import torch
from hypothesis import strategies as st

from autograder.probe.answers import Answers, Raised, TensorValue
from autograder.probe.steps import Call, Fill, Ref, Stage, Step, inputs_of
from autograder.properties.function_property import observed
from autograder.properties.property import Misconception, Property, Wrong, judged_by, show, value_of
from autograder.properties.shares import ITEM, is_mean, number_of, read_number, verify_mean
from autograder.properties.strategies import Case

ARGMAX = "model(X).argmax(dim=1) is the class that each image is taken for; the mean of == y, as a float, the share."


@st.composite
def scored(draw: st.DrawFn) -> dict[str, Any]:
    """Logits X of n images, no two of an image alike, and the labels y: about half are right.

    The logits are the model's, and what it is given are the images of :func:`images`.
    """
    n, classes = draw(st.integers(1, 8)), draw(st.integers(2, 5))
    ranks = [draw(st.permutations(range(classes))) for _ in range(n)]
    X = torch.tensor(ranks, dtype=torch.float64) - draw(st.integers(0, classes))
    others = torch.tensor(draw(st.lists(st.integers(0, classes - 1), min_size=n, max_size=n)))
    right = torch.tensor(draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    return {"X": X, "y": torch.where(right, X.argmax(1), others)}


def images(case: Case) -> torch.Tensor:
    """What the model is given: its logits, in other places, so that nobody finds the share without asking it."""
    turned: torch.Tensor = case["X"].roll(-1, 1)
    return turned


def hits(case: Case) -> torch.Tensor:
    """Which images are classified rightly, as numbers 0 and 1."""
    right: torch.Tensor = case["X"].argmax(1) == case["y"]
    return right.double()


@dataclass(frozen=True)
class ScoreMistake:
    """A mistake of this name, and the number that comes of it. does, advice: as in a Misconception.

    number: its mean is what is returned; raises RuntimeError where such code does.
    """

    id: str
    does: str
    advice: str
    number: Callable[[Case], torch.Tensor]


def _along_images(case: Case) -> torch.Tensor:
    right: torch.Tensor = case["X"].argmax(0) == case["y"]
    return right.double()


def _all_with_all(case: Case) -> torch.Tensor:
    right: torch.Tensor = case["X"].argmax(1)[:, None] == case["y"]
    return right.double().reshape(-1)


MISTAKES = (
    ScoreMistake("percent", "Percent are returned, and not a share.", "Leave the factor 100 out.",
                 lambda case: 100 * hits(case)),
    ScoreMistake("wrong_ones_counted", "The share of wrong answers is returned.", ARGMAX, lambda case: 1 - hits(case)),
    ScoreMistake("number_of_hits", "The number of right answers is returned, and not their share.",
                 "Divide by len(y).", lambda case: hits(case).sum().reshape(1)),
    ScoreMistake("divided_by_classes", "The number of right answers is divided by the number of classes.",
                 "Divide by len(y).", lambda case: hits(case).sum().reshape(1) / case["X"].shape[1]),
    ScoreMistake("smallest_logit", "The class with the smallest logit is taken.", ARGMAX,
                 lambda case: (case["X"].argmin(1) == case["y"]).double()),
    ScoreMistake("one_too_many", "The classes are counted from 1.", ARGMAX,
                 lambda case: (case["X"].argmax(1) + 1 == case["y"]).double()),
    ScoreMistake("rounded_down", "The share is rounded down to a whole number.", "Divide with /, and not with //.",
                 lambda case: hits(case).mean().floor().reshape(1)),
    ScoreMistake("argmax_over_images", "The largest logit is sought among the images, and not among the classes.",
                 ARGMAX, _along_images),
    ScoreMistake("argmax_over_everything", "One largest logit is sought for all images together.", ARGMAX,
                 lambda case: (case["X"].argmax() == case["y"]).double()),
    ScoreMistake("compares_all_with_all", "Every prediction is compared with every label.", ARGMAX, _all_with_all),
    ScoreMistake("model_not_asked", "The largest number is sought in X itself, and not in the model's answer.", ARGMAX,
                 lambda case: (images(case).argmax(1) == case["y"]).double()),
    ScoreMistake("mean_of_largest_logits", "The largest logits are averaged, and not the right answers.", ARGMAX,
                 lambda case: case["X"].amax(1)),
)  # fmt: skip


def dense(case: Case, inner: str = "") -> tuple[Step, ...]:
    """A model that gives the images' logits, and has a parameter: much code asks that for the model's device."""
    classes = case["X"].shape[1]
    return (
        Call("dense", "torch.nn.Linear", (classes, classes), {"bias": False, "dtype": torch.float64}),
        Call("eye", "torch.eye", (classes,)),
        Call("turned", "torch.roll", (Ref("eye"), 1, 0)),
        Fill(Ref("dense", "weight"), Ref("turned")),
        Call("model", "torch.nn.Sequential", (*((Ref(inner),) if inner else ()), Ref("dense"))),
    )


def written(name: str, case: Case, X: torch.Tensor, inner: str = "") -> str:
    """The call, as a student would type it. X: the images."""
    classes = case["X"].shape[1]
    return (
        f"model = nn.Sequential({f'{inner}, ' if inner else ''}nn.Linear({classes}, {classes}, bias=False)).double()\n"
        f"model[-1].weight.data.copy_(torch.eye({classes}).roll(1, 0))   # the model gives X.roll(1, dims=1)\n"
        f"X = {show(X)}\ny = torch.tensor({case['y'].tolist()})\n{name}(model, X, y)"
    )


def score(name: str, watched: bool = False) -> Call:
    return Call("share", name, (Ref("model"), Ref("X"), Ref("y")), watched=watched)


TRAITS = {
    "all images are classified rightly": lambda case: bool(hits(case).all()),
    "no image is classified rightly": lambda case: not bool(hits(case).any()),
    "there is one image": lambda case: len(case["y"]) == 1,
    "there are as many images as classes": lambda case: case["X"].shape[0] == case["X"].shape[1],
}


def values(name: str, points: float) -> Property:
    """The share of the images of which the largest logit is that of their label."""

    def verify(case: Case, answers: Answers, number: Callable[[Case], torch.Tensor] = hits) -> None:
        got, want = number_of(answers, "share"), number(case).double()
        if not is_mean(got, want):
            raise Wrong(f"{got:.6g}", f"{float(want.mean()):.6g}")

    def held_right(mistake: ScoreMistake) -> Misconception:
        def explains(case: Case, answers: Answers) -> bool:
            try:
                verify(case, answers, mistake.number)
            except Wrong:
                return False
            except RuntimeError:
                return isinstance(answers.get("share"), Raised)
            return True

        return Misconception(mistake.id, mistake.does, mistake.advice, explains, by_value=True)

    judge = judged_by(verify, lambda case: written(name, case, images(case)))
    not_a_number = observed(
        judge, "returns_each_hit", "What is returned says of each image whether it is right.", "Take the mean of it.",
        lambda case, answers: isinstance(one := value_of(answers, "share"), TensorValue) and one.data.numel() > 1,
    )  # fmt: skip
    return Property(
        "values",
        "The share of images whose largest logit is that of their label is right.",
        points,
        scored(),
        lambda case: (
            Stage(inputs_of({**case, "X": images(case)}), (*dense(case), score(name), read_number("share"))),
        ),
        judge, ARGMAX, 40, answer="share", traits=TRAITS,
        misconceptions=(*(held_right(one) for one in MISTAKES), not_a_number),
    )  # fmt: skip


def plain_float(name: str, points: float) -> Property:
    """The share is a plain float."""

    def verify(case: Case, answers: Answers) -> None:
        verify_mean(value_of(answers, "share"), hits(case))

    judge = judged_by(verify, lambda case: written(name, case, images(case)))
    return replace(
        values(name, points),
        id="float",
        sentence="What is returned is a plain float, and no tensor.",
        judge=judge,
        examples=12,
        cause=ITEM,
        misconceptions=(
            observed(
                judge, "returns_a_tensor", "A tensor is returned, and not a float.", "Call .item() on it.",
                lambda case, answers: isinstance(value_of(answers, "share"), TensorValue),
            ),
        ),
    )  # fmt: skip
