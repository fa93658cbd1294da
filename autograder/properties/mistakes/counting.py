"""How to count a layer's parameters and a stack's reach, and what wrong code counts."""

import math
from collections.abc import Callable

import torch
from torch.nn import functional as F

from autograder.properties.plain import NumberMistake


def num_conv_params(in_channels: int, out_channels: int, kernel_size: int | tuple[int, int], bias: bool = True) -> int:
    """in·kh·kw weights for each output channel, and one bias each."""
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return out_channels * (in_channels * kh * kw + bias)


def conv_output_size(n: int, k: int, padding: int = 0, stride: int = 1) -> int:
    """The side of F.conv2d's output for an image of n by n and a kernel of k by k: asked without memory."""
    image, kernel = torch.empty(1, 1, n, n, device="meta"), torch.empty(1, 1, k, k, device="meta")
    return F.conv2d(image, kernel, padding=padding, stride=stride).shape[-1]


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """1 + the sum over layers of (kernel - 1) times the product of the strides before it."""
    field, step = 1, 1
    for kernel, stride in layers:
        field, step = field + (kernel - 1) * step, step * stride
    return field


def both_sides(kernel_size: int | tuple[int, int]) -> tuple[int, int]:
    return (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size


def pair_only(kernel_size: int | tuple[int, int]) -> tuple[int, int]:
    if isinstance(kernel_size, int):
        raise TypeError("cannot unpack an int")
    return kernel_size


def int_only(kernel_size: int | tuple[int, int]) -> int:
    if not isinstance(kernel_size, int):
        raise TypeError("cannot square a pair")
    return kernel_size


def area(kernel_size: int | tuple[int, int]) -> int:
    kh, kw = both_sides(kernel_size)
    return kh * kw


EACH_OUTPUT = "Each of the output channels has in_channels · kh · kw weights and one bias."
PARAMETERS = (
    NumberMistake(
        "bias_always_counted",
        "A bias is counted whether there is one or not.",
        "Look at the argument bias.",
        lambda ci, co, size, bias=True: co * (ci * area(size) + 1),
    ),
    NumberMistake(
        "bias_not_counted",
        "The biases are not counted.",
        EACH_OUTPUT,
        lambda ci, co, size, bias=True: co * ci * area(size),
    ),
    NumberMistake(
        "bias_for_each_input",
        "A bias is counted for each input channel.",
        EACH_OUTPUT,
        lambda ci, co, size, bias=True: ci * (co * area(size) + bias),
    ),
    NumberMistake(
        "one_bias_in_all",
        "One bias is counted for the whole layer.",
        EACH_OUTPUT,
        lambda ci, co, size, bias=True: co * ci * area(size) + bias,
    ),
    NumberMistake(
        "input_channels_forgotten",
        "The input channels are left out: one kernel for each output channel.",
        EACH_OUTPUT,
        lambda ci, co, size, bias=True: co * (area(size) + bias),
    ),
    NumberMistake(
        "pairs_only",
        "A kernel_size that is one int ends in an error.",
        "kernel_size is an int or a pair: treat both.",
        lambda ci, co, size, bias=True: num_conv_params(ci, co, pair_only(size), bias),
        refuses=True,
    ),
    NumberMistake(
        "ints_only",
        "A kernel_size that is a pair ends in an error.",
        "kernel_size is an int or a pair: treat both.",
        lambda ci, co, size, bias=True: num_conv_params(ci, co, int_only(size), bias),
        refuses=True,
    ),
)

REACH = "A layer's reach grows by (kernel - 1) times the product of the strides before it."


def with_steps(step: Callable[[int, int], int], own: bool = False) -> Callable[[list[tuple[int, int]]], int]:
    """The receptive field where ``step`` makes the next step of the last one and a layer's stride.

    own: where a layer's own stride counts for itself already.
    """

    def field(layers: list[tuple[int, int]]) -> int:
        reach, last = 1, 1
        for kernel, stride in layers:
            after = step(last, stride)
            reach += (kernel - 1) * (after if own else last)
            last = after
        return reach

    return field


def first_layer_first(layers: list[tuple[int, int]]) -> int:
    if not layers:
        raise IndexError("there is no first layer")
    return receptive_field(layers)


RECEPTIVE_FIELD = (
    NumberMistake("strides_ignored", "The strides play no part.", REACH, with_steps(lambda last, stride: 1)),
    NumberMistake(
        "own_stride_counted",
        "A layer's own stride widens its own reach already.",
        REACH,
        with_steps(lambda last, stride: last * stride, own=True),
    ),
    NumberMistake(
        "last_stride_only",
        "Only the stride of the layer just before counts, and not the product of all.",
        REACH,
        with_steps(lambda last, stride: stride),
    ),
    NumberMistake(
        "strides_added",
        "The strides are added up in place of multiplied.",
        REACH,
        with_steps(lambda last, stride: last + stride - 1),
    ),
    NumberMistake(
        "kernels_multiplied",
        "The kernel sizes are multiplied.",
        REACH,
        lambda layers: math.prod(kernel for kernel, _ in layers),
    ),
    NumberMistake(
        "kernels_added", "The kernel sizes are added up.", REACH, lambda layers: sum(kernel for kernel, _ in layers)
    ),
    NumberMistake(
        "no_layers",
        "Without any layer it ends in an error.",
        "Of no layer at all, an output sees one pixel: itself.",
        first_layer_first,
        refuses=True,
    ),
)

SLIDE = "The padded side is n + 2·padding; a window of k has (n + 2·padding - k) // stride + 1 places in it."
OUTPUT_SIZE = (
    NumberMistake(
        "one_forgotten", "The window's first place is not counted: one is missing.", SLIDE,
        lambda n, k, padding=0, stride=1: (n + 2 * padding - k) // stride,
    ),
    NumberMistake(
        "rounded_up", "A last window that does not fit whole is counted: rounded up, and not down.", SLIDE,
        lambda n, k, padding=0, stride=1: -((k - n - 2 * padding) // stride) + 1,
    ),
    NumberMistake(
        "padding_counted_once", "The padding is counted on one side only.",
        "Padding is per side: a row has it on the left and on the right.",
        lambda n, k, padding=0, stride=1: (n + padding - k) // stride + 1,
    ),
    NumberMistake(
        "padding_ignored", "The padding plays no part.", SLIDE,
        lambda n, k, padding=0, stride=1: (n - k) // stride + 1,
    ),
    NumberMistake(
        "stride_ignored", "The stride plays no part.", SLIDE, lambda n, k, padding=0, stride=1: n + 2 * padding - k + 1,
    ),
    NumberMistake(
        "one_added_before_dividing", "One is added before the division, and not after it.", SLIDE,
        lambda n, k, padding=0, stride=1: (n + 2 * padding - k + 1) // stride,
    ),
    NumberMistake(
        "padding_and_stride_exchanged", "Padding and stride have changed places.", SLIDE,
        lambda n, k, padding=0, stride=1: (n + 2 * stride - k) // padding + 1,
    ),
)  # fmt: skip
