"""What wrong code for a cross-correlation computes: the misconceptions of the field, each as a reference of its own."""

from collections.abc import Callable
from dataclasses import replace

import torch
from torch.nn import functional as F

from autograder.properties.oracle import Reference, cross_correlation
from autograder.properties.tensor_function import Mistake

Kernel = Callable[[torch.Tensor], torch.Tensor]


def _with_kernel(change: Kernel) -> Reference:
    return lambda X, K: cross_correlation(X, change(K))


def keeping_size(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Of X (h, w), padded so that the output is as large."""
    h, w = K.shape
    return cross_correlation(F.pad(X, ((w - 1) // 2, w // 2, (h - 1) // 2, h // 2)), K)


def full(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Of X (h, w), padded so that each window with a part on X counts: (h+kh-1, w+kw-1)."""
    h, w = K.shape
    return cross_correlation(F.pad(X, (w - 1, w - 1, h - 1, h - 1)), K)


def _circular(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    h, w = K.shape
    return cross_correlation(F.pad(X[None], (0, w - 1, 0, h - 1), mode="circular")[0], K)


def _stride_two(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return cross_correlation(X, K)[::2, ::2]


def _without_last(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return cross_correlation(X, K)[:-1, :-1]


def _last_left_zero(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return F.pad(_without_last(X, K), (0, 1, 0, 1))


def _first_row_only(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return cross_correlation(X[: X.shape[0] - K.shape[0] + 1], K[:1])


def _mean(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return cross_correlation(X, K) / K.numel()


def _square_kernel(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return _by_windows(X, K, K.shape[0], K.shape[0], (X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[0] + 1))


def _square_image(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    n, (kh, kw) = X.shape[0], K.shape
    return _by_windows(X, K, kh, kw, (n - kh + 1, n - kw + 1))


def _sides_swapped(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    kh, kw = K.shape
    return _by_windows(X, K, kw, kh, (X.shape[0] - kh + 1, X.shape[1] - kw + 1))


def _by_windows(X: torch.Tensor, K: torch.Tensor, h: int, w: int, shape: tuple[int, int]) -> torch.Tensor:
    """The loop of the lesson with windows of h by w at each place of an output of this shape."""
    sums = [[(X[i : i + h, j : j + w] * K).sum() for j in range(shape[1])] for i in range(shape[0])]
    return torch.stack([torch.stack(row) for row in sums])


def _largest_product(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return (X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1) * K).amax((2, 3))


def _matrix_product(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    (h, w), (kh, kw) = X.shape, K.shape
    sums = [[(X[i : i + kh, j : j + kw] @ K).sum() for j in range(w - kw + 1)] for i in range(h - kh + 1)]
    return torch.stack([torch.stack(row) for row in sums])


def _transposed_if_square(K: torch.Tensor) -> torch.Tensor:
    return K.mT if K.shape[0] == K.shape[1] else K


def _smaller_kernels_only(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    if K.shape[0] == X.shape[0] or K.shape[1] == X.shape[1]:
        raise ValueError("a kernel as large as the image is refused")
    return cross_correlation(X, K)


NOT_FLIPPED = "Multiply the window by K as it stands: cross-correlation does not flip."
TRUE_CONVOLUTION = Mistake(
    "true_convolution",
    "This is true convolution: the kernel is flipped in both directions.",
    NOT_FLIPPED,
    _with_kernel(lambda K: K.flip(0, 1)),
)

_BY_KERNEL = (
    TRUE_CONVOLUTION,
    Mistake(
        "flipped_left_to_right", "The kernel is flipped from left to right.", NOT_FLIPPED,
        _with_kernel(lambda K: K.flip(1)),
    ),
    Mistake(
        "flipped_upside_down", "The kernel is flipped upside down.", NOT_FLIPPED, _with_kernel(lambda K: K.flip(0))
    ),
    Mistake(
        "transposed_kernel", "The kernel is transposed: its rows and columns change places.",
        "K[a, b] belongs to the window's row a and column b.", _with_kernel(lambda K: K.mT),
    ),
    Mistake(
        "transposed_kernel", "The kernel is transposed where it is square: its rows and columns change places.",
        "K[a, b] belongs to the window's row a and column b.", _with_kernel(_transposed_if_square),
    ),
    Mistake(
        "first_kernel_row_only", "Only the kernel's first row takes part.", "Sum over all rows of K as well.",
        _first_row_only,
    ),
)  # fmt: skip

_BY_WINDOW = (
    Mistake(
        "swapped_window", "The window has its height and width swapped: X[i:i+w, j:j+h].",
        "Take X[i:i+h, j:j+w] with h, w = K.shape: rows first.", _sides_swapped,
    ),
    Mistake(
        "square_kernels_only", "The kernel's height is taken for its width too.",
        "Take both sides from K.shape, and try a kernel of 1 by 2.", _square_kernel,
    ),
    Mistake(
        "square_images_only", "The image's height is taken for its width too.",
        "Take both sides from X.shape, and try an image of 2 by 3.", _square_image,
    ),
    Mistake(
        "matrix_product", "Window and kernel are multiplied as matrices.",
        "Multiply element by element: window * K, and not window @ K.", _matrix_product,
    ),
    Mistake(
        "largest_product", "The largest product is taken in place of the sum.", "Use sum(), and not max().",
        _largest_product,
    ),
    Mistake(
        "stride_two", "The window moves by two: every other row and column of the output is missing.",
        "Move the window by one.", _stride_two,
    ),
    Mistake(
        "refuses_equal_size", "A kernel as high or as wide as the image is refused, though it fits.",
        "Refuse only where K's height is larger than X's, or its width: > and not >=.", _smaller_kernels_only,
        refuses=True,
    ),
)  # fmt: skip

_BY_OUTPUT = (
    Mistake(
        "same_padding", "The image is padded with zeros, so that the output is as large as the image.",
        "Use windows that lie wholly inside X: the output is smaller than X.", keeping_size,
    ),
    Mistake(
        "full_padding", "Windows that only touch the image count too: the output is larger than the image.",
        "Use windows that lie wholly inside X: the output is smaller than X.", full,
    ),
    Mistake(
        "circular", "The image is wrapped around its borders, as Fourier transforms do.",
        "Crop the output to the windows that lie wholly inside X.", _circular,
    ),
    Mistake(
        "off_by_one", "The last row and the last column of the output are missing.",
        "An input of n and a kernel of k leave n - k + 1 places.", _without_last,
    ),
    Mistake(
        "last_left_zero", "The last row and the last column of the output stay zero.",
        "range(n) ends at n - 1: let the loops run over the whole output.", _last_left_zero,
    ),
    Mistake(
        "transposed_output", "The output is transposed.", "Y[i, j] belongs to the window that starts at X[i, j].",
        lambda X, K: cross_correlation(X, K).mT,
    ),
    Mistake(
        "mean_over_window", "The mean over the window is taken in place of the sum.", "Use sum(), and not mean().",
        _mean,
    ),
    Mistake(
        "negative_cut_off", "Negative outputs are set to zero.", "Leave the sums as they are.", cross_correlation,
        torch.relu,
    ),
    Mistake(
        "absolute_value", "The outputs lose their sign.", "Leave the sums as they are.", cross_correlation, torch.abs
    ),
    Mistake(
        "cut_to_whole_numbers", "The sums are cut off to whole numbers.",
        "Leave out int(), and make the output with X.new_zeros(shape).", cross_correlation, torch.trunc,
    ),
    Mistake(
        "rounded", "The outputs are rounded to four decimals.", "Round when you print, not when you compute.",
        cross_correlation, lambda Y: Y.round(decimals=4),
    ),
)  # fmt: skip

OF_CROSS_CORRELATION = (*_BY_KERNEL, *_BY_WINDOW, *_BY_OUTPUT)

_FLIP = "Flip the kernel in both directions, then cross-correlate."
OF_TRUE_CONVOLUTION = (
    Mistake("not_flipped", "This is cross-correlation: the kernel is not flipped.", _FLIP, cross_correlation),
    Mistake(
        "flipped_upside_down", "The kernel is flipped upside down only.", _FLIP, _with_kernel(lambda K: K.flip(0))
    ),
    Mistake(
        "flipped_left_to_right", "The kernel is flipped from left to right only.", _FLIP,
        _with_kernel(lambda K: K.flip(1)),
    ),
    Mistake(
        "transposed_kernel", "The kernel is transposed and not flipped.", _FLIP, _with_kernel(lambda K: K.mT)
    ),
    Mistake(
        "flipped_image", "The image is flipped in the kernel's place, and the output comes out flipped.", _FLIP,
        lambda X, K: cross_correlation(X.flip(0, 1), K),
    ),
    Mistake(
        "flipped_output", "The output is flipped in the kernel's place.", _FLIP,
        lambda X, K: cross_correlation(X, K).flip(0, 1),
    ),
    Mistake(
        "full_padding", "Windows that only touch the image count too: the output is larger than the image.",
        "Use windows that lie wholly inside X: the output is smaller than X.",
        lambda X, K: full(X, K.flip(0, 1)),
    ),
)  # fmt: skip


def _biased(mistake: Mistake) -> Mistake:
    return replace(mistake, reference=lambda X, weight, bias: mistake.reference(X, weight) + bias)


# In a layer that adds a bias: X (h, w), weight (kh, kw), bias (1,).
WITH_BIAS = (
    Mistake(
        "bias_not_added", "The bias takes no part in the output.", "Add self.bias to what corr2d returns.",
        lambda X, weight, bias: cross_correlation(X, weight),
    ),
    *(_biased(mistake) for mistake in OF_CROSS_CORRELATION),
)  # fmt: skip
