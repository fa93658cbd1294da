"""Properties of training on one batch of all data: the step that a small network takes, and the mode that it is in.

The network has tanh in place of ReLU: it is smooth, so that its gradient is near the reference's for every right way to
compute it. All its numbers are below 1, and no sum has more than 200 of them: in float64 rounding moves a logit by less
than 1e-12, a probability by no more, and a gradient by less than 1e-10.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st
from torch.nn import functional as F

from autograder.probe.answers import Answers
from autograder.probe.steps import Call, Fill, Parameters, Read, Ref, Stage, Step, inputs_of
from autograder.properties import strategies
from autograder.properties.epochs import RATES, optimizer_made
from autograder.properties.mistakes.epochs import (
    LOGITS,
    MEAN,
    UPDATE,
    Loss,
    batches,
    nll_of_logits,
    nll_of_probabilities,
    smoothed,
    softmax_twice,
    squared_error,
    summed,
)
from autograder.properties.networks import SEED, drawn, written_drawing
from autograder.properties.property import Misconception, Property, TensorWanted, Wrong, judged_by, show, value_of
from autograder.properties.strategies import Case, Shapes

NEARLY = 1e-9
WEIGHTS = ("0.weight", "0.bias", "3.weight", "3.bias")
KERNEL, CHANNELS = 3, 2


@st.composite
def _shapes(draw: st.DrawFn) -> Shapes:
    n, side, classes = draw(st.integers(1, 4)), draw(st.integers(KERNEL, 5)), draw(st.integers(2, 4))
    flat = CHANNELS * (side - KERNEL + 1) ** 2
    shapes = ((CHANNELS, 1, KERNEL, KERNEL), (CHANNELS,), (classes, flat), (classes,))
    return {"X": (n, 1, side, side)} | dict(zip(WEIGHTS, shapes, strict=True))


@st.composite
def _steps(draw: st.DrawFn) -> dict[str, Any]:
    """Images, parameters, labels, and the settings of the optimizer, which may have the weights decay."""
    case = draw(drawn(_shapes()))
    n, classes = len(case["X"]), len(case["3.bias"])
    return {
        **case,
        "y": torch.tensor(draw(st.lists(st.integers(0, classes - 1), min_size=n, max_size=n))),
        "lr": draw(st.sampled_from(RATES)),
        "weight_decay": draw(st.sampled_from((0.0, 0.25))),
        "batch_size": n + draw(st.integers(0, 2)),
    }


def _logits(X: torch.Tensor, kernel: torch.Tensor, bias: torch.Tensor, *dense: torch.Tensor) -> torch.Tensor:
    return F.linear(torch.tanh(F.conv2d(X, kernel, bias)).flatten(1), *dense)


@dataclass(frozen=True)
class StepMistake:
    """A mistake of this name, and how it changes a step. does, advice: as in a Misconception.

    loss: of a batch, summed over it. factor: what its gradient is multiplied by, for so many images. steps: how many
    are taken. decays: whether the optimizer's weight decay acts. trained: the parameters that are.
    """

    id: str
    does: str
    advice: str
    loss: Loss = summed
    factor: Callable[[int], float] = lambda n: 1 / n
    steps: int = 1
    decays: bool = True
    trained: tuple[str, ...] = WEIGHTS


RIGHT = StepMistake("", "", "")
MISTAKES = (
    StepMistake("never_updated", "No parameter changes.", UPDATE, steps=0),
    StepMistake("summed_loss", "The loss of the batch is summed, and not averaged.", MEAN, factor=lambda n: 1.0),
    StepMistake("softmax_twice", "A softmax is taken before the cross-entropy, which takes one itself.", LOGITS,
                loss=softmax_twice),
    StepMistake("nll_of_logits", "The negative log-likelihood is taken of logits, which are no log-probabilities.",
                LOGITS, loss=nll_of_logits),
    StepMistake("nll_of_probabilities", "The negative log-likelihood is taken of probabilities, not of logarithms.",
                LOGITS, loss=nll_of_probabilities),
    StepMistake("squared_error", "The squared error is taken in place of the cross-entropy.", LOGITS,
                loss=squared_error),
    StepMistake("label_smoothing", "The cross-entropy is of smoothed labels.",
                "F.cross_entropy needs the labels and no more.", loss=smoothed),
    StepMistake("ascent", "The loss climbs: the gradient's sign is turned round.",
                "Call backward() on the loss itself.", factor=lambda n: -1 / n),
    StepMistake("two_steps", "Two updates are made with the same batch.", "One call is one pass over the data.",
                steps=2),
    StepMistake("not_the_optimizer", "The update is another than the optimizer's own.",
                "Leave the update to optimizer.step(): it knows more than a learning rate.", decays=False),
    StepMistake("biases_not_trained", "The weights change and the biases do not.", UPDATE,
                trained=("0.weight", "3.weight")),
    StepMistake("last_layer_only", "Only the last layer is trained.", UPDATE, trained=("3.weight", "3.bias")),
)  # fmt: skip


def _stepped(case: Case, habit: StepMistake = RIGHT) -> dict[str, torch.Tensor]:
    """The parameters after the step, or steps, of gradient descent."""
    weights = {name: case[name] for name in WEIGHTS}
    for _ in range(habit.steps):
        leaves = [weight.clone().requires_grad_() for weight in weights.values()]
        with torch.enable_grad():
            loss = habit.loss(_logits(case["X"], *leaves), case["y"]) * habit.factor(len(case["y"]))
        gradients = dict(zip(weights, torch.autograd.grad(loss, leaves), strict=True))
        decay = case["weight_decay"] if habit.decays else 0.0
        weights = {
            name: weight - case["lr"] * (gradients[name] + decay * weight) if name in habit.trained else weight
            for name, weight in weights.items()
        }
    return weights


def one_step(name: str, points: float) -> Property:
    """All data in one batch: every parameter takes one step of the optimizer that is passed in."""

    def verify(case: Case, answers: Answers, habit: StepMistake = RIGHT) -> None:
        value_of(answers, "loss")
        after = value_of(answers, "after")
        for key, want in _stepped(case, habit).items():
            held = after.get(key) if isinstance(after, dict) else None
            got = TensorWanted(tuple(want.shape)).of(held).data.double()
            if not bool(((got - want).abs() <= NEARLY).all()):
                unchanged = torch.equal(got, case[key])
                cause = "This parameter did not change." if unchanged else ""
                raise Wrong(f"model[{key[0]}]{key[1:]} = {show(got)}", show(want), cause)

    def held_right(mistake: StepMistake) -> Misconception:
        def explains(case: Case, answers: Answers) -> bool:
            try:
                verify(case, answers, mistake)
            except Wrong:
                return False
            return True

        return Misconception(mistake.id, mistake.does, mistake.advice, explains, by_value=True)

    def probe(case: Case) -> tuple[Stage, ...]:
        train = Call("loss", name, (Ref("model"), Ref("X"), Ref("y"), Ref("optimizer"), case["batch_size"]))
        settings = optimizer_made("model", case["lr"], weight_decay=case["weight_decay"])
        return (Stage(inputs_of(case), (*_network(case), *settings, train, Parameters("after", Ref("model")))),)

    def written(case: Case) -> str:
        filled = "\n".join(f"    model[{key[0]}]{key[1:]}.copy_(drawn{tuple(case[key].shape)})" for key in WEIGHTS)
        flat, classes = case["3.weight"].shape[1], len(case["3.bias"])
        return (
            f"{written_drawing(case[SEED], torch.float64)}\nX = drawn{tuple(case['X'].shape)}\n"
            f"model = nn.Sequential(nn.Conv2d(1, {CHANNELS}, {KERNEL}), nn.Tanh(), nn.Flatten(), "
            f"nn.Linear({flat}, {classes})).double()\nwith torch.no_grad():\n{filled}\n"
            f"y = torch.tensor({case['y'].tolist()})\n"
            f"optimizer = torch.optim.SGD(model.parameters(), lr={case['lr']}, weight_decay={case['weight_decay']})\n"
            f"{name}(model, X, y, optimizer, {case['batch_size']})"
        )

    sentence = (
        "With all images in one batch, every parameter takes one step of the optimizer down the mean cross-entropy."
    )
    return Property(
        "one_step", sentence, points, _steps(), probe, judged_by(verify, written), UPDATE, 20, answer="loss",
        misconceptions=tuple(held_right(one) for one in MISTAKES),
        traits={
            "there is one image": lambda case: len(case["X"]) == 1,
            "the optimizer has no weight decay": lambda case: case["weight_decay"] == 0,
            "batch_size is the number of images": lambda case: case["batch_size"] == len(case["X"]),
        },
    )  # fmt: skip


def _network(case: Case) -> tuple[Step, ...]:
    flat, classes = case["3.weight"].shape[1], len(case["3.bias"])
    double = {"dtype": torch.float64}
    layers = (
        Call("convolution", "torch.nn.Conv2d", (1, CHANNELS, KERNEL), double),
        Call("tanh", "torch.nn.Tanh"),
        Call("flatten", "torch.nn.Flatten"),
        Call("dense", "torch.nn.Linear", (flat, classes), double),
    )
    model = Call("model", "torch.nn.Sequential", tuple(Ref(layer.name) for layer in layers))
    return (*layers, model, *(Fill(Ref("model", key), Ref(key)) for key in WEIGHTS))


# ---------------------------------------------------------------------------------------------------- training mode

SIDE = 2


@st.composite
def _full_batches(draw: st.DrawFn) -> dict[str, Any]:
    """Images X and labels y in some full batches, and whether the model is in evaluation mode before."""
    size, count = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    X = draw(strategies.integers((size * count, 1, SIDE, SIDE)))
    y = torch.tensor(draw(st.lists(st.integers(0, 1), min_size=len(X), max_size=len(X))))
    return {"X": X, "y": y, "batch_size": size, "evaluates": draw(st.booleans())}


def training_mode(name: str, points: float) -> Property:
    """A model that was left in evaluation mode is trained in training mode: batch norm counts the batches it learns of.

    At least as many as there are: a batch may be taken in pieces, or be looked at more than once.
    """

    def mode(case: Case) -> str:
        return "eval" if case["evaluates"] else "train"

    def probe(case: Case) -> tuple[Stage, ...]:
        double = {"dtype": torch.float64}
        steps = (
            Call("norm", "torch.nn.BatchNorm2d", (1,), double),
            Call("flatten", "torch.nn.Flatten"),
            Call("dense", "torch.nn.Linear", (SIDE * SIDE, 2), double),
            Call("zeros", "torch.nn.init.zeros_", (Ref("dense", "bias"),)),
            Call("model", "torch.nn.Sequential", (Ref("norm"), Ref("flatten"), Ref("dense"))),
            Call("mode", Ref("model", mode(case))),
            *optimizer_made("model", 0.1),
            Call("loss", name, (Ref("model"), Ref("X"), Ref("y"), Ref("optimizer"), case["batch_size"])),
            Read("counted", Ref("norm", "num_batches_tracked")),
            Read("bias", Ref("dense", "bias")),
        )
        return (Stage(inputs_of(case), steps),)

    def counted(answers: Answers) -> int:
        value_of(answers, "loss")
        return int(TensorWanted((), floating=False).of(value_of(answers, "counted")).data)

    def verify(case: Case, answers: Answers) -> None:
        got, want = counted(answers), len(batches(case))
        if got < want:
            raise Wrong(f"batch norm in training mode for {got} of {want} batches", f"for all {want}")

    def left_as_it_is(case: Case, answers: Answers) -> bool:
        return evaluates(case, answers) if case["evaluates"] else counted(answers) >= len(batches(case))

    def evaluates(case: Case, answers: Answers) -> bool:
        """Whether no batch is taken in training mode, and the model learns all the same."""
        learned = TensorWanted((2,)).of(value_of(answers, "bias")).data
        return counted(answers) == 0 and bool(learned.any())

    def written(case: Case) -> str:
        return (
            f"model = nn.Sequential(nn.BatchNorm2d(1), nn.Flatten(), nn.Linear({SIDE * SIDE}, 2)).double()\n"
            f"model.{mode(case)}()\nX = {show(case['X'])}\ny = torch.tensor({case['y'].tolist()})\n"
            f"optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n"
            f"{name}(model, X, y, optimizer, {case['batch_size']})\nmodel[0].num_batches_tracked"
        )

    train = f"Call model.train() at the beginning of {name}."
    return Property(
        "mode",
        "The model is in training mode while it trains, whatever mode it was in before.",
        points, _full_batches(), probe, judged_by(verify, written), train, 20, answer="loss",
        misconceptions=(
            Misconception(
                "trains_in_evaluation_mode", "The model is in evaluation mode while it trains.", train, evaluates
            ),
            Misconception(
                "mode_left_as_it_is", "The model trains in whatever mode it was left in.", train,
                left_as_it_is,
            ),
        ),
        traits={
            "the model is in training mode before": lambda case: not case["evaluates"],
            "the model is in evaluation mode before": lambda case: bool(case["evaluates"]),
            "there is one batch": lambda case: len(batches(case)) == 1,
        },
    )  # fmt: skip
