"""What wrong code for a pooling with stride 1 computes, for each window size (height, width)."""

from collections.abc import Callable

import torch
from torch.nn import functional as F

from autograder.properties.oracle import Reference, largest_of, mean_of
from autograder.properties.tensor_function import Mistake

Size = tuple[int, int]

STRIDE_ONE = "The window moves by one: the output has (h - ph + 1, w - pw + 1) elements."
SIZES = "pool_size is (height, width): rows first."


def largest(size: Size) -> tuple[Mistake, ...]:
    """The mistakes of somebody who is asked for the largest element of each window."""
    ph, pw = size
    return (
        Mistake("mean_for_largest", "The mean is taken, and not the largest.", "Use max() or amax().", mean_of(size)),
        Mistake(
            "largest_by_size", "The element of the largest absolute value is taken.",
            "Compare the numbers themselves: -5 is less than 1.", lambda X: _by_size(X, size),
        ),
        *_windows(size, largest_of),
        Mistake(
            "padded_pooling", "The image is padded before it is pooled.", STRIDE_ONE,
            lambda X: largest_of(size)(F.pad(X, (pw // 2, pw // 2, ph // 2, ph // 2))),
        ),
    )  # fmt: skip


def largest_of_negatives(size: Size) -> tuple[Mistake, ...]:
    """Theirs, where no element is above 0."""
    starts_at_zero = Mistake(
        "largest_starts_at_zero", "The largest element is never below 0.",
        "Do not begin with 0: where all are negative, that is larger than each.",
        largest_of(size), then=lambda Y: Y.clamp(min=0),
    )  # fmt: skip
    return (starts_at_zero, *largest(size))


def means(size: Size) -> tuple[Mistake, ...]:
    """The mistakes of somebody who is asked for the mean of each window."""
    ph, pw = size
    return (
        Mistake("largest_for_mean", "The largest is taken, and not the mean.", "Use mean().", largest_of(size)),
        Mistake(
            "sum_for_mean", "The sum is taken, and not the mean.", "Divide by ph·pw, or use mean().",
            lambda X: mean_of(size)(X) * (ph * pw),
        ),
        Mistake(
            "divided_by_a_side", "The sum is divided by the window's height alone.", "Divide by ph·pw, or use mean().",
            lambda X: mean_of(size)(X) * pw,
        ),
        Mistake(
            "divided_by_the_square", "The sum is divided by the square of the window's height.",
            "Divide by ph·pw, or use mean().", lambda X: mean_of(size)(X) * pw / ph,
        ),
        *_windows(size, mean_of),
    )  # fmt: skip


def _windows(size: Size, pooled: Callable[[Size], Reference]) -> tuple[Mistake, ...]:
    """Mistakes in which windows there are."""
    ph, pw = size
    return (
        Mistake("pool_sides_exchanged", "The window's height and width have changed places.", SIZES, pooled((pw, ph))),
        Mistake("square_windows_only", "The window's height is taken for its width too.", SIZES, pooled((ph, ph))),
        Mistake(
            "stride_of_the_window", "The window moves by its own size, as ready-made pooling does.", STRIDE_ONE,
            lambda X: pooled(size)(X)[::ph, ::pw],
        ),
        Mistake(
            "last_windows_missing", "The last row and the last column of the output are missing.", STRIDE_ONE,
            lambda X: pooled(size)(X)[:-1, :-1],
        ),
    )  # fmt: skip


def _by_size(X: torch.Tensor, size: Size) -> torch.Tensor:
    windows = X.unfold(0, size[0], 1).unfold(1, size[1], 1).flatten(-2)
    return windows.gather(-1, windows.abs().argmax(-1, keepdim=True)).squeeze(-1)
