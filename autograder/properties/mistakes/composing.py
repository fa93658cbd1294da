"""What wrong code for the composition of two kernels computes."""

import torch
from torch.nn import functional as F

from autograder.properties.mistakes.cross_correlation import full, keeping_size
from autograder.properties.oracle import Reference, composed, cross_correlation
from autograder.properties.tensor_function import Mistake

FULL = "The entry at (a+c, b+d) collects K1[a, b]·K2[c, d]: true convolution of the two, with all overlaps."


def _enlarged(kernel: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """The kernel in the upper left of as many entries as the composed one has."""
    return F.pad(kernel, (0, other.shape[1] - 1, 0, other.shape[0] - 1))


def _flipped(*axes: int) -> Reference:
    return lambda first, second: composed(first, second).flip(axes)


COMPOSED = (
    Mistake("second_not_flipped", "The second kernel is not flipped before it slides over the first.", FULL, full),
    Mistake("result_flipped", "The result comes out flipped in both directions.", FULL, _flipped(0, 1)),
    Mistake(
        "flipped_in_one_direction", "The second kernel is flipped in one direction only.", FULL,
        lambda first, second: full(first, second.flip(1)),
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
    Mistake(
        "kernels_added", "The kernels are added, with zeros below and on the right.",
        "To apply one after the other is no sum of both.",
        lambda first, second: _enlarged(first, second) + _enlarged(second, first),
    ),
    Mistake(
        "kernels_multiplied", "The kernels are multiplied element by element, with zeros below and on the right.", FULL,
        lambda first, second: _enlarged(first, second) * _enlarged(second, first),
    ),
    Mistake(
        "first_kernel_only", "The second kernel plays no part.", FULL,
        lambda first, second: _enlarged(first, second) + 0 * _enlarged(second, first),
    ),
    Mistake(
        "flipped_in_one_direction", "The second kernel is flipped in one direction only.", FULL,
        lambda first, second: full(first, second.flip(0)),
    ),
    Mistake(
        "overlaps_only", "Only where the kernels overlap wholly is anything computed.", FULL,
        lambda first, second: cross_correlation(first, second.flip(0, 1)),
    ),
    Mistake(
        "same_padding", "The first kernel is padded so that its own size is kept.", FULL,
        lambda first, second: keeping_size(first, second.flip(0, 1)),
    ),
    Mistake(
        "padded_too_much", "There is a border of zeros too much around the result.", FULL,
        lambda first, second: F.pad(composed(first, second), (1, 1, 1, 1)),
    ),
    Mistake(
        "kernels_side_by_side", "Copies of the second kernel lie side by side, and do not overlap.", FULL, torch.kron
    ),
    Mistake(
        "result_transposed", "The result comes out transposed.", FULL,
        lambda first, second: composed(first, second).mT,
    ),
    Mistake("matrix_product", "The kernels are multiplied as matrices.", FULL, lambda first, second: first @ second),
)  # fmt: skip
