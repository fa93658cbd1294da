"""The questions of `lenet`: what a right answer does, and what each part of that is worth. 20 points.

Nothing here is secret, and no data is fetched: the digits are scikit-learn's. The check cells of the notebook ask these
very properties; grading asks them again, on more examples and in a sandbox.
"""

from functools import cache
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.properties import (
    Question,
    epoch_losses,
    epochs,
    evaluating,
    layers,
    learning,
    maps,
    networks,
    one_batch,
    scoring,
    shapes,
)
from autograder.properties.mistakes import lenet
from autograder.properties.strategies import Shapes
from autograder.properties.tensor_function import Operands

# Working answers, lent where a later one may build on them: one mistake is paid for once.
LENET = """
import torch as _torch
from torch.nn import functional as _functional

class LeNet(_torch.nn.Module):
    def __init__(self, side=28, channels=(6, 16)):
        super().__init__()
        self.conv1 = _torch.nn.Conv2d(1, channels[0], 5, padding=2)
        self.conv2 = _torch.nn.Conv2d(channels[0], channels[1], 5)
        self.fc1 = _torch.nn.Linear(channels[1] * ((side // 2 - 4) // 2) ** 2, 120)
        self.fc2 = _torch.nn.Linear(120, 84)
        self.fc3 = _torch.nn.Linear(84, 10)

    def forward(self, x):
        x = _functional.max_pool2d(_functional.relu(self.conv1(x)), 2)
        x = _functional.max_pool2d(_functional.relu(self.conv2(x)), 2).flatten(1)
        return self.fc3(_functional.relu(self.fc2(_functional.relu(self.fc1(x)))))
"""
TRAIN_EPOCH = """
import torch as _torch
from torch.nn import functional as _functional

def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for batch in _torch.randperm(len(X)).split(batch_size):
        optimizer.zero_grad()
        loss = _functional.cross_entropy(model(X[batch]), y[batch])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)
    return total / len(X)
"""

# ----------------------------------------------------------------------------------------------------------- lenet

SIDES = (12, 14, 16, 20)
channels = st.tuples(st.integers(1, 4), st.integers(1, 4))


def parameter_shapes(side: int = 28, channels: tuple[int, int] = (6, 16)) -> Shapes:
    """The shapes of LeNet's parameters, by their names."""
    first, second = channels
    layers = {
        "conv1": (first, 1, 5, 5),
        "conv2": (second, first, 5, 5),
        "fc1": (120, second * lenet.flat_side(side) ** 2),
        "fc2": (84, 120),
        "fc3": (10, 84),
    }
    return {f"{name}.weight": weight for name, weight in layers.items()} | {
        f"{name}.bias": weight[:1] for name, weight in layers.items()
    }


def shape_of(parameter: str) -> Any:
    """The function from LeNet's arguments to the shape of one parameter."""
    return lambda *made_with: parameter_shapes(*made_with)[parameter]


@st.composite
def small_networks(draw: st.DrawFn) -> Shapes:
    """X of a few images, and the parameters of a LeNet with few channels."""
    side, shapes = draw(st.sampled_from(SIDES)), {}
    shapes = parameter_shapes(side, draw(channels))
    return {"X": (draw(st.integers(2, 3)), 1, side, side)} | {name: shapes[name] for name in lenet.PARAMETERS}


def made_with(operands: Operands) -> tuple[Any, ...]:
    """The arguments for a LeNet that has these parameters."""
    return operands["X"].shape[-1], (len(operands["conv1.bias"]), len(operands["conv2.bias"]))


# LeNet as it is by default, for some side, and for some channels too.
ARGUMENTS: SearchStrategy[tuple[Any, ...]] = st.one_of(
    st.tuples(st.sampled_from((28, *SIDES)), channels),
    st.sampled_from(((), *((side,) for side in SIDES))),
)

network = networks.network("LeNet", made_with, small_networks(), lenet.lenet, lenet.PARAMETERS, lenet.NETWORK)

LENET_QUESTION = Question(
    "lenet",
    "LeNet",
    (
        layers.parameters(
            "LeNet",
            1.5,
            {name: shape_of(name) for name in lenet.PARAMETERS},
            {name: layers.drawn_anew for name in lenet.PARAMETERS if name.endswith("weight")},
            arguments=ARGUMENTS,
            mistakes=lenet.SHAPES,
            cause="Make each layer in __init__, after super().__init__(), under its own name. Halve with //, not /.",
        ),
        shapes.output_shape(
            "LeNet",
            1.5,
            ARGUMENTS,
            lambda n, side=28, channels=(6, 16): (n, 1, side, side),
            lambda n, side=28, channels=(6, 16): (n, 10),
            cause="Follow an image's shape through the layers by hand: flatten(1) leaves as many numbers as fc1 takes.",
        ),
        networks.values(
            network,
            1.5,
            sentence="Every output is right: shape and values, for several sides and numbers of channels.",
            cause="Convolution, ReLU and pooling twice, then flatten(1), then three dense layers with a ReLU between.",
        ),
        networks.gradients(network, 0.5),
        networks.dtype_kept(network, 0.25),
        networks.device_kept(network, 0.25),
        networks.pure(network, 0.5),
    ),
)

# ----------------------------------------------------------------------------------------------------- train_epoch

TRAIN_EPOCH_QUESTION = Question(
    "train_epoch",
    "An epoch of training",
    (
        one_batch.one_step("train_epoch", 1.5),
        epochs.covers("train_epoch", 1.5),
        epoch_losses.mean_loss("train_epoch", 1),
        epochs.stale_gradients("train_epoch", 0.75),
        one_batch.training_mode("train_epoch", 0.75),
        epochs.pure("train_epoch", 0.5),
    ),
)

# -------------------------------------------------------------------------------------------------------- accuracy

ACCURACY = Question(
    "accuracy",
    "Accuracy",
    (
        scoring.values("accuracy", 1),
        evaluating.evaluation_mode("accuracy", 0.75),
        evaluating.no_trace("accuracy", 0.75),
        scoring.plain_float("accuracy", 0.5),
    ),
)

# ---------------------------------------------------------------------------------------------------- feature_maps

first_and_second = maps.MapsFunction(
    "feature_maps", "LeNet", made_with, small_networks(), lenet.PARAMETERS, lenet.maps, 2, lenet.MAPS
)

FEATURE_MAPS = Question(
    "feature_maps",
    "What the layers see",
    (
        maps.shapes(first_and_second, 0.75),
        maps.values(first_and_second, 0.75),
        maps.no_trace(first_and_second, 0.5),
    ),
    lend=LENET,
)

# ---------------------------------------------------------------------------------------------------------- result

SIDE, CHANNELS, CLASSES = 16, (8, 16), 10
FEW = 32
# Of the held-out digits LeNet(16, (8, 16)) gets after ten epochs with Adam in batches of 64 at least .936 right with a
# learning rate of 3e-3 (over 200 seeds), and .905 with 1e-2 (over 100); untrained, at most .164 (over 40).
THRESHOLD = 0.9
HELD_OUT = 360


@cache
def digits() -> tuple[learning.Labelled, learning.Labelled]:
    """scikit-learn's digits as images (n, 1, 16, 16) from 0 to 1: those to train on, and those held out."""
    from sklearn.datasets import load_digits  # it takes a second to import, and most questions do without

    data = load_digits()
    images = torch.tensor(data.images, dtype=torch.float32)[:, None] / 16
    images = images.repeat_interleave(2, 2).repeat_interleave(2, 3)
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(0))
    train, test = order[:-HELD_OUT], order[-HELD_OUT:]
    y = torch.tensor(data.target)
    return learning.Labelled(images[train], y[train], CLASSES), learning.Labelled(images[test], y[test], CLASSES)


@cache
def few_digits() -> learning.Labelled:
    """The first of the digits to train on."""
    known, _ = digits()
    return learning.Labelled(known.X[:FEW], known.y[:FEW], CLASSES)


RESULT = Question(
    "result",
    "Digits, read",
    (
        learning.held_out(
            "train_digits",
            2,
            digits,
            CLASSES,
            THRESHOLD,
            time_limit_s=60,
            cause="Return the trained model. LeNet(16, (8, 16)), Adam with 3e-3, 10 epochs and batches of 64 will do.",
            lend=LENET + TRAIN_EPOCH,
        ),
        learning.overfits(
            "LeNet",
            "train_epoch",
            1,
            few_digits,
            FEW,
            learning.Recipe((SIDE, CHANNELS), 3e-3, 60, 8),
            time_limit_s=60,
            cause="LeNet and train_epoch have to work together: see that their own checks pass.",
        ),
    ),
)

QUESTIONS = (LENET_QUESTION, TRAIN_EPOCH_QUESTION, ACCURACY, FEATURE_MAPS, RESULT)
