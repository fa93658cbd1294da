"""What wrong code for the gradients of a cross-correlation computes."""

from collections.abc import Callable

import torch

from autograder.properties.mistakes.cross_correlation import full
from autograder.properties.oracle import Reference, cross_correlation, input_gradient, kernel_gradient
from autograder.properties.tensor_function import Mistake

SPREAD = "dY[i, j] reaches every X[i+a, j+b] by way of K[a, b]: cross-correlate the padded dY with K flipped."
WINDOWS = "K[a, b] meets X[i+a, j+b] for every output (i, j): dK is the cross-correlation of X with dY."


def _with_kernel(change: Callable[[torch.Tensor], torch.Tensor]) -> Reference:
    return lambda X, K, dY: full(dY, change(K))


INPUT_GRADIENT = (
    Mistake("kernel_not_flipped", "The kernel is not flipped in dX.", SPREAD, _with_kernel(lambda K: K)),
    Mistake(
        "flipped_in_one_direction", "The kernel is flipped in one direction only in dX.", SPREAD,
        _with_kernel(lambda K: K.flip(1)),
    ),
    Mistake(
        "flipped_in_one_direction", "The kernel is flipped in one direction only in dX.", SPREAD,
        _with_kernel(lambda K: K.flip(0)),
    ),
    Mistake(
        "kernel_transposed", "The kernel is transposed in dX, and not flipped.", SPREAD, _with_kernel(lambda K: K.mT)
    ),
    Mistake(
        "not_padded", "dY is not padded for dX, so that the border of X gets no gradient.", SPREAD,
        lambda X, K, dY: cross_correlation(dY, K.flip(0, 1)),
    ),
    Mistake("gradients_exchanged", "dX and dK have changed places.", "Return dX, dK.", kernel_gradient),
    Mistake(
        "upstream_ignored", "dY plays no part: the gradient is that of the sum of Y.", "Weigh each output by its dY.",
        lambda X, K, dY: input_gradient(X, K, torch.ones_like(dY)),
    ),
)  # fmt: skip

KERNEL_GRADIENT = (
    Mistake(
        "upstream_flipped", "dY is flipped in dK.", WINDOWS, lambda X, K, dY: cross_correlation(X, dY.flip(0, 1))
    ),
    Mistake("result_flipped", "dK comes out flipped.", WINDOWS, lambda X, K, dY: cross_correlation(X, dY).flip(0, 1)),
    Mistake("gradients_exchanged", "dX and dK have changed places.", "Return dX, dK.", input_gradient),
    Mistake("result_transposed", "dK comes out transposed.", WINDOWS, lambda X, K, dY: cross_correlation(X, dY).mT),
    Mistake("full_for_valid", "dK is as large as if X had been padded.", WINDOWS, lambda X, K, dY: full(X, dY)),
    Mistake(
        "upstream_ignored", "dY plays no part: the gradient is that of the sum of Y.", "Weigh each output by its dY.",
        lambda X, K, dY: kernel_gradient(X, K, torch.ones_like(dY)),
    ),
    Mistake(
        "mean_over_outputs", "dK is divided by the number of outputs.", "Add the products up, and leave it at that.",
        lambda X, K, dY: kernel_gradient(X, K, dY) / dY.numel(),
    ),
)  # fmt: skip
