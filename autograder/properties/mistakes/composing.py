"""What wrong code for the composition of two kernels computes."""

import torch
from torch.nn import functional as F

from autograder.properties.oracle import Reference, composed, cross_correlation
from autograder.properties.tensor_function import Mistake

FULL = "The entry at (a+c, b+d) collects K1[a, b]·K2[c, d]: true convolution of the two, with all overlaps."


def _full(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    h, w = second.shape
    return cross_correlation(F.pad(first, (w - 1, w - 1, h - 1, h - 1)), second)


def _flipped(*axes: int) -> Reference:
    return lambda first, second: composed(first, second).flip(axes)


COMPOSED = (
    Mistake("second_not_flipped", "The second kernel is not flipped before it slides over the first.", FULL, _full),
    Mistake("result_flipped", "The result comes out flipped in both directions.", FULL, _flipped(0, 1)),
    Mistake(
        "flipped_in_one_direction", "The second kernel is flipped in one direction only.", FULL,
        lambda first, second: _full(first, second.flip(1)),
    ),
    Mistake(
        "overlaps_only", "Only where the kernels overlap wholly is anything computed.", FULL, cross_correlation
    ),
    Mistake(
        "kernels_added", "The kernels are added.", "To apply one after the other is no sum of both.",
        lambda first, second: first + second,
    ),
    Mistake(
        "kernels_multiplied", "The kernels are multiplied element by element.", FULL,
        lambda first, second: first * second,
    ),
    Mistake("matrix_product", "The kernels are multiplied as matrices.", FULL, lambda first, second: first @ second),
)  # fmt: skip
