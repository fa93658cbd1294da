"""Drawings for the conv_in_depth notebook, and a counter of operations, kept here so that its cells stay short.

Every function that draws leaves a Matplotlib figure behind and returns nothing: the notebook shows the figure under
the cell.
"""

from collections.abc import Callable, Mapping, Sequence

import torch
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch import Tensor
from torch.nn import functional as F
from torch.utils._python_dispatch import TorchDispatchMode

from autograder.lesson.drawing import (
    ACCENT,
    ACCENT_TINT,
    INK,
    PADDING_TINT,
    THIN,
    Box,
    from_least_to_most,
    new_sheet,
    numbers,
    picture,
    size,
)
from autograder.lesson.photograph import photograph as photograph
from autograder.lesson.solving import when_solved as when_solved

NOTHING = float("nan")  # an empty cell


def coverage(counts: Mapping[str, Tensor]) -> None:
    """How many windows cover each pixel: a table for each name, the fewer the darker."""
    sheet = new_sheet(2.9 * len(counts), 3.05)
    most = max(float(count.max()) for count in counts.values())
    for index, (name, count) in enumerate(counts.items()):
        numbers(sheet, Box(0.15 + 2.9 * index, 0.4, 2.6, 2.6), count, name, shades=(-0.8 * most, most))


def row_of_windows(cases: Mapping[str, tuple[int, int, int, int]]) -> None:
    """A row of n pixels for each (n, kernel, padding, stride), with its padding and a bar below it for each window."""
    square, margin = 0.42, 0.15
    widest = max(n + 2 * padding for n, _, padding, _ in cases.values())
    starts = [range(0, n + 2 * padding - kernel + 1, stride) for n, kernel, padding, stride in cases.values()]
    tallest = max(map(len, starts))
    between = 0.45
    sheet = new_sheet((widest * square + between) * len(cases) + 2 * margin, 1.2 + 0.17 * tallest)
    for index, ((name, (n, kernel, padding, _)), places) in enumerate(zip(cases.items(), starts, strict=True)):
        left = margin + (widest * square + between) * index
        first = left + square * (widest - n - 2 * padding) / 2
        title = f"{name}: {len(places)} windows"
        sheet.text(left + widest * square / 2, 0.25, title, ha="center", fontsize=10, color=INK)
        for pixel in range(-padding, n + padding):
            _row_pixel(sheet, first + square * (pixel + padding), square, pixel if 0 <= pixel < n else None)
        for number, start in enumerate(places):
            corner = first + square * start + 0.04, 0.92 + 0.17 * number
            look = {"facecolor": ACCENT_TINT, "edgecolor": ACCENT, "lw": 1}
            sheet.add_patch(Rectangle(corner, square * kernel - 0.08, 0.1, **look))


def _row_pixel(sheet: Axes, left: float, square: float, number: int | None) -> None:
    """A pixel of a row with its number, or a zero of the padding."""
    look = {"facecolor": PADDING_TINT, "hatch": "////"} if number is None else {"facecolor": "white"}
    sheet.add_patch(Rectangle((left, 0.4), square, square, edgecolor="#777777", lw=THIN, **look))
    words = {"ha": "center", "va": "center", "fontsize": 11, "color": INK, "zorder": 4}
    if number is None:
        words["bbox"] = {"facecolor": PADDING_TINT, "edgecolor": "none", "pad": 1.5}
    sheet.text(left + square / 2, 0.4 + square / 2, "0" if number is None else f"x{number}", **words)


def padded_walk(
    X: Tensor,
    K: Tensor,
    padding: tuple[int, int],
    stride: tuple[int, int] = (1, 1),
    places: Sequence[tuple[int, int]] | None = None,
    names: tuple[str, str, str] = ("input", "kernel", "output"),
) -> None:
    """The window of K on the padded X, with the arithmetic and the output filled so far.

    It stands at each of its places, or at those outputs that `places` names; `names` are of X, K and the output.
    """
    (ph, pw), (sh, sw), (kh, kw) = padding, stride, K.shape
    padded = F.pad(X, (pw, pw, ph, ph))
    oh, ow = (padded.shape[0] - kh) // sh + 1, (padded.shape[1] - kw) // sw + 1
    places = places or [(i, j) for i in range(oh) for j in range(ow)]
    sheet = new_sheet(2.6 * (len(places) + 1), 5.1)
    above, below = ([Box(0.4 + 2.6 * n, top, 2.1, 2.1) for n in range(len(places) + 1)] for top in (0.35, 2.9))
    numbers(sheet, Box(above[0].left + 0.4, 0.75, 1.3, 1.3), K, names[1])
    so_far = torch.full((oh, ow), NOTHING)
    for (i, j), box, box_below in zip(places, above[1:], below[1:], strict=True):
        top, left = i * sh, j * sw
        window = padded[top : top + kh, left : left + kw]
        products = " + ".join(f"{x:g}·{k:g}" for x, k in zip(window.flatten(), K.flatten(), strict=True))
        so_far[i, j] = (window * K).sum()
        numbers(sheet, box, padded, f"window at row {top}, column {left}", shaded=(top, left, kh, kw), border=padding)
        numbers(sheet, box_below, so_far, f"{products} = {so_far[i, j]:g}", shaded=(i, j, 1, 1))
    for name, box in ((f"{names[0]}, padded", above[1]), (names[2], below[1])):
        middle = box.top + box.height / 2
        sheet.text(box.left - 0.1, middle, name, fontsize=10, color=INK, rotation=90, ha="right", va="center")


def pooling(X: Tensor, pool_size: tuple[int, int]) -> None:
    """An image X (h, w), the largest number of each window and the average of each, the first window shaded."""
    windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
    largest, average = windows.amax(dim=(2, 3)), windows.mean(dim=(2, 3))
    cell, gap = 0.62, 0.6
    sheet = new_sheet(0.4 + cell * (X.shape[1] + 2 * largest.shape[1]) + 2 * gap, 0.5 + cell * X.shape[0])
    left = 0.2
    for values, title, shaded in (
        (X, f"image {size(X)}", (0, 0, *pool_size)),
        (largest, f"max {size(largest)}", (0, 0, 1, 1)),
        (average, f"avg {size(average)}", (0, 0, 1, 1)),
    ):
        box = Box(left, 0.4, cell * values.shape[1], cell * X.shape[0])
        numbers(sheet, box, values, title, shaded=shaded)
        left += box.width + gap


def pictures(named: Mapping[str, Tensor], limits: tuple[float, float] | None = None) -> None:
    """Grey pictures side by side, black and white at the limits, or each at its own darkest and lightest."""
    sheet = new_sheet(3.1 * len(named), 3.4)
    for column, (name, values) in enumerate(named.items()):
        box = Box(0.05 + 3.1 * column, 0.35, 3, 3)
        picture(sheet, box, values, name, limits or from_least_to_most(values))


def im2col_matrix(X: Tensor, kernel_size: tuple[int, int], window: int) -> None:
    """An image (h, w) with one window shaded, and the matrix of all windows with the column of that one shaded."""
    kh, kw = kernel_size
    matrix = F.unfold(X[None, None], kernel_size)[0]
    ow = X.shape[1] - kw + 1
    i, j = window // ow, window % ow
    cell = 0.5
    width, height = cell * matrix.shape[1], cell * matrix.shape[0]
    left = 0.2 + cell * X.shape[1] + 1.3
    sheet = new_sheet(left + width + 0.2, height + 1.05)
    numbers(
        sheet, Box(0.2, 0.4, cell * X.shape[1], height), X, f"image {size(X)}: window ({i}, {j})", shaded=(i, j, kh, kw)
    )
    shaded = (0, window, kh * kw, 1)
    numbers(sheet, Box(left, 0.4, width, height), matrix, f"im2col {size(matrix)}: column {window}", shaded=shaded)
    for row in range(kh * kw):
        place = left - 0.12, 0.4 + cell * (row + 0.5)
        sheet.text(*place, f"K[{row // kw}, {row % kw}]", ha="right", va="center", fontsize=9, color=INK)
    for column in range(matrix.shape[1]):
        place = left + cell * (column + 0.5), 0.4 + height + 0.17
        sheet.text(*place, f"({column // ow}, {column % ow})", ha="center", va="center", fontsize=9, color=INK)
    place = left + width / 2, 0.4 + height + 0.42
    sheet.text(*place, "place of the window", ha="center", va="center", fontsize=9, color=INK)


def growing_field(kernel_size: int, layers: int) -> None:
    """One output of a stack of equal square layers, and what it reads on each level below, with the ways to get there.

    All levels are drawn as large as the lowest, so that what is read grows from panel to panel.
    """
    side = layers * (kernel_size - 1) + 1
    ways = torch.ones(1, 1, 1, 1)
    sheet = new_sheet(2.7 * (layers + 1), 2.95)
    for level in range(layers, -1, -1):
        field = ways.shape[-1]
        around = (side - field) // 2
        whole = F.pad(ways[0, 0], [around] * 4, value=NOTHING)
        named = f"layer {level}" if level else "input"
        title = f"{named}: {field}×{field}"
        box = Box(0.15 + 2.7 * (layers - level), 0.4, 2.4, 2.4)
        numbers(sheet, box, whole, title, shaded=(around, around, field, field))
        ways = F.conv_transpose2d(ways, torch.ones(1, 1, kernel_size, kernel_size))


def operations(function: Callable[..., Tensor], *arguments: Tensor) -> int:
    """How many operations PyTorch carries out while the function runs."""
    with _Counter() as counter:
        function(*arguments)
    return counter.count


class _Counter(TorchDispatchMode):
    """Counts what reaches PyTorch's dispatcher, the part of it that picks the code for an operation."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.count += 1
        return func(*args, **(kwargs or {}))
