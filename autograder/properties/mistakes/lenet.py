"""LeNet as a function of its parameters, and what wrong code computes with the same ones."""

from collections.abc import Callable, Collection
from functools import partial
from itertools import combinations

import torch
from torch.nn import functional as F

from autograder.properties.layers import ShapeMistake
from autograder.properties.maps import MapsMistake
from autograder.properties.tensor_function import Mistake

Activation = Callable[[torch.Tensor], torch.Tensor]
Pooling = Callable[[torch.Tensor, int], torch.Tensor]
CLASSES = 10
LAYERS = ("conv1", "conv2", "fc1", "fc2", "fc3")
PARAMETERS = tuple(f"{layer}.{kind}" for layer in LAYERS for kind in ("weight", "bias"))


def flat_side(side: int) -> int:
    """The side of the second layer's maps after pooling, for images of this side."""
    return (side // 2 - 4) // 2


def maps(
    X: torch.Tensor,
    conv1: torch.Tensor,
    bias1: torch.Tensor,
    conv2: torch.Tensor,
    bias2: torch.Tensor,
    *others: torch.Tensor,
    relu: Activation = F.relu,
    max_pool2d: Pooling = F.max_pool2d,
    without: Collection[str] = (),
) -> tuple[torch.Tensor, torch.Tensor]:
    """What each convolution and its ReLU make of X (n, 1, side, side), before pooling.

    without: the layers that have no ReLU.
    """
    first = _activated("conv1", F.conv2d(X, conv1, bias1, padding=2), relu, without)
    return first, _activated("conv2", F.conv2d(max_pool2d(first, 2), conv2, bias2), relu, without)


def _activated(layer: str, x: torch.Tensor, relu: Activation, without: Collection[str]) -> torch.Tensor:
    return x if layer in without else relu(x)


def _flatten(x: torch.Tensor) -> torch.Tensor:
    return x.flatten(1)


def lenet(
    X: torch.Tensor,
    *parameters: torch.Tensor,
    relu: Activation = F.relu,
    max_pool2d: Pooling = F.max_pool2d,
    flatten: Activation = _flatten,
    without: Collection[str] = (),
) -> torch.Tensor:
    """The logits (n, 10) of LeNet with ``parameters``, in the order of their names, for X (n, 1, side, side).

    without: the layers that have no ReLU.
    """
    _, second = maps(X, *parameters, relu=relu, max_pool2d=max_pool2d, without=without)
    fc1, bias1, fc2, bias2, fc3, bias3 = parameters[4:]
    hidden = _activated("fc1", F.linear(flatten(max_pool2d(second, 2)), fc1, bias1), relu, without)
    return F.linear(_activated("fc2", F.linear(hidden, fc2, bias2), relu, without), fc3, bias3)


def _without_relu(*layers: str) -> Mistake:
    does = f"There is no ReLU after {' and '.join([', '.join(layers[:-1]), layers[-1]] if layers[1:] else layers)}."
    return Mistake("no_relu", does, RELU, partial(lenet, without=layers))


RELU = "There is a ReLU after each convolution and after fc1 and fc2: F.relu(x)."
POOL = "Take the largest of each 2 by 2 pixels: F.max_pool2d(x, 2)."
LOGITS = "Return what fc3 gives: cross-entropy makes probabilities of it by itself."
FLATTEN = "Flatten with x.flatten(1), which keeps PyTorch's order: channel, row, column."

NETWORK = (
    Mistake("sigmoid_for_relu", "Sigmoids take the place of the ReLUs.", RELU, partial(lenet, relu=torch.sigmoid)),
    Mistake("tanh_for_relu", "Hyperbolic tangents take the place of the ReLUs.", RELU, partial(lenet, relu=torch.tanh)),
    *(_without_relu(*some) for count in (1, 2, 3, 4) for some in combinations(LAYERS[:-1], count)),
    Mistake(
        "average_pooling", "Means are taken where maxima are asked for.", POOL,
        partial(lenet, max_pool2d=F.avg_pool2d),
    ),
    Mistake(
        "sigmoid_and_average_pooling", "It is LeNet as it was in 1998: with sigmoids, and means for pooling.",
        f"{RELU} {POOL}", partial(lenet, relu=torch.sigmoid, max_pool2d=F.avg_pool2d),
    ),
    Mistake(
        "pools_of_3", "The largest of 3 by 3 pixels is taken, and not of 2 by 2.", POOL,
        partial(lenet, max_pool2d=lambda x, side: F.max_pool2d(x, 3, side, 1)),
    ),
    Mistake(
        "strides_for_pooling", "Every other pixel is taken, and not the largest of four.", POOL,
        partial(lenet, max_pool2d=lambda x, side: x[..., : x.shape[-2] // 2 * 2 : 2, : x.shape[-1] // 2 * 2 : 2]),
    ),
    Mistake(
        "softmax_at_the_end", "The output is made of probabilities: a softmax stands at the end.", LOGITS, lenet,
        then=lambda logits: logits.softmax(1),
    ),
    Mistake(
        "log_softmax_at_the_end", "A log-softmax stands at the end.", LOGITS, lenet,
        then=lambda logits: logits.log_softmax(1),
    ),
    Mistake("relu_at_the_end", "A ReLU stands at the end: no logit is negative.", LOGITS, lenet, then=F.relu),
    Mistake("sigmoid_at_the_end", "A sigmoid stands at the end.", LOGITS, lenet, then=torch.sigmoid),
    Mistake(
        "channels_flattened_last", "The maps are flattened with the channels last.", FLATTEN,
        partial(lenet, flatten=lambda x: x.permute(0, 2, 3, 1).flatten(1)),
    ),
    Mistake(
        "columns_flattened_first", "The maps are flattened column by column.", FLATTEN,
        partial(lenet, flatten=lambda x: x.mT.flatten(1)),
    ),
)  # fmt: skip


def _fc1(inputs: Callable[[int], int]) -> dict[str, Callable[..., tuple[int, ...]]]:
    """fc1's weight, with so many inputs for each channel."""
    return {"fc1.weight": lambda side=28, channels=(6, 16): (120, channels[1] * inputs(side))}


SHAPES = (
    ShapeMistake(
        "padding_forgotten", "conv1 has no padding, it seems: fc1 has the inputs that this would leave.",
        "nn.Conv2d(1, c, 5, padding=2) keeps the side as it is.",
        _fc1(lambda side: (((side - 4) // 2 - 4) // 2) ** 2),
    ),
    ShapeMistake(
        "padding_twice", "conv2 has a padding too, it seems: fc1 has the inputs that this would leave.",
        "Only conv1 is padded.", _fc1(lambda side: (side // 2 // 2) ** 2),
    ),
    ShapeMistake(
        "one_pooling", "There is one pooling only, it seems: fc1 has the inputs that this would leave.",
        "Pool after each of the two convolutions.", _fc1(lambda side: (side // 2 - 4) ** 2),
    ),
    ShapeMistake(
        "no_pooling", "There is no pooling, it seems: fc1 has the inputs that this would leave.",
        "Pool after each of the two convolutions.", _fc1(lambda side: (side - 4) ** 2),
    ),
    ShapeMistake(
        "side_ignored", "fc1 has as many inputs as images of 28 by 28 leave, whatever side says.",
        "Compute the number from side: halve it, take 4 away, halve it.", _fc1(lambda side: 25),
    ),
    ShapeMistake(
        "channels_ignored", "The layers have 6 and 16 channels, whatever channels says.",
        "Use channels[0] and channels[1].",
        {
            "conv1.weight": lambda side=28, channels=(6, 16): (6, 1, 5, 5),
            "conv1.bias": lambda side=28, channels=(6, 16): (6,),
            "conv2.weight": lambda side=28, channels=(6, 16): (16, 6, 5, 5),
            "conv2.bias": lambda side=28, channels=(6, 16): (16,),
            "fc1.weight": lambda side=28, channels=(6, 16): (120, 16 * flat_side(side) ** 2),
        },
    ),
    ShapeMistake(
        "channels_swapped", "The two numbers of channels are exchanged.", "conv1 has channels[0] kernels.",
        {
            "conv1.weight": lambda side=28, channels=(6, 16): (channels[1], 1, 5, 5),
            "conv1.bias": lambda side=28, channels=(6, 16): (channels[1],),
            "conv2.weight": lambda side=28, channels=(6, 16): (channels[0], channels[1], 5, 5),
            "conv2.bias": lambda side=28, channels=(6, 16): (channels[0],),
            "fc1.weight": lambda side=28, channels=(6, 16): (120, channels[0] * flat_side(side) ** 2),
        },
    ),
    ShapeMistake(
        "third_pooling", "There is a third pooling, it seems: fc1 has the inputs that this would leave.",
        "Pool after each of the two convolutions.", _fc1(lambda side: (flat_side(side) // 2) ** 2),
    ),
    ShapeMistake(
        "fc1_for_16_channels", "fc1 has inputs for 16 channels, whatever channels says.", "Use channels[1].",
        {"fc1.weight": lambda side=28, channels=(6, 16): (120, 16 * flat_side(side) ** 2)},
    ),
    ShapeMistake(
        "kernels_of_3", "The kernels are 3 by 3.", "Both convolutions have kernels of 5 by 5.",
        {
            "conv1.weight": lambda side=28, channels=(6, 16): (channels[0], 1, 3, 3),
            "conv2.weight": lambda side=28, channels=(6, 16): (channels[1], channels[0], 3, 3),
            **_fc1(lambda side: ((side // 2 - 2) // 2) ** 2),
        },
    ),
    ShapeMistake(
        "kernels_of_3", "The kernels are 3 by 3, and both are padded.", "Both convolutions have kernels of 5 by 5.",
        {
            "conv1.weight": lambda side=28, channels=(6, 16): (channels[0], 1, 3, 3),
            "conv2.weight": lambda side=28, channels=(6, 16): (channels[1], channels[0], 3, 3),
            **_fc1(lambda side: (side // 2 // 2) ** 2),
        },
    ),
)  # fmt: skip

MAPS_ONE_BY_ONE = "first = F.relu(model.conv1(X)); second = F.relu(model.conv2(F.max_pool2d(first, 2)))."


def _before_relu(X: torch.Tensor, *parameters: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    conv1, bias1, conv2, bias2 = parameters[:4]
    first = F.conv2d(X, conv1, bias1, padding=2)
    return first, F.conv2d(F.max_pool2d(F.relu(first), 2), conv2, bias2)


def _after_pooling(*operands: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    first, second = maps(*operands)
    return F.max_pool2d(first, 2), F.max_pool2d(second, 2)


def _first_after_pooling(*operands: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    first, second = maps(*operands)
    return F.max_pool2d(first, 2), second


def _not_pooled(X: torch.Tensor, *parameters: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    conv2, bias2 = parameters[2:4]
    first, _ = maps(X, *parameters)
    return first, F.relu(F.conv2d(first, conv2, bias2))


def _relu_forgotten_between(X: torch.Tensor, *parameters: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    first, _ = maps(X, *parameters)
    _, second = maps(X, *parameters, without=("conv1",))
    return first, second


def _exchanged(*operands: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    first, second = maps(*operands)
    return second, first


MAPS = (
    MapsMistake("before_relu", "The maps are those before the ReLU.", MAPS_ONE_BY_ONE, _before_relu),
    MapsMistake("no_relu", "No ReLU is taken on the way to the maps.", MAPS_ONE_BY_ONE, partial(maps, without=LAYERS)),
    MapsMistake("after_pooling", "The maps are those after pooling.", MAPS_ONE_BY_ONE, _after_pooling),
    MapsMistake(
        "no_relu_between", "The first maps go on to conv2 without their ReLU.", MAPS_ONE_BY_ONE, _relu_forgotten_between
    ),
    MapsMistake(
        "first_before_relu",
        "The first maps are those before the ReLU, and go on to conv2 like that.",
        MAPS_ONE_BY_ONE,
        partial(maps, without=("conv1",)),
    ),
    MapsMistake(
        "second_before_relu",
        "The second maps are those before the ReLU.",
        MAPS_ONE_BY_ONE,
        partial(maps, without=("conv2",)),
    ),
    MapsMistake(
        "average_pooling",
        "Means are taken between the maps, where maxima are asked for.",
        POOL,
        partial(maps, max_pool2d=F.avg_pool2d),
    ),
    MapsMistake(
        "first_after_pooling", "The first map is the one after pooling.", MAPS_ONE_BY_ONE, _first_after_pooling
    ),
    MapsMistake("not_pooled_between", "There is no pooling before conv2.", MAPS_ONE_BY_ONE, _not_pooled),
    MapsMistake("maps_exchanged", "The maps come in the opposite order.", "Return first, second.", _exchanged),
)
