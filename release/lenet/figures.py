"""Drawings for the lenet notebook, and the networks it compares LeNet with, kept here so that its cells stay short.

Every function that draws leaves a Matplotlib figure behind and returns nothing: the notebook shows the figure under
the cell.
"""

from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from torch import Tensor, nn

from autograder.lesson.drawing import (
    ACCENT,
    ACCENT_TINT,
    INK,
    THIN,
    Box,
    new_figure,
    new_sheet,
    numbers,
    picture,
    size,
)
from autograder.lesson.solving import when_solved as when_solved

CHANCE = 0.1
RULED = "0.5"  # between two pixels, black or white
LOOKS = (("-", "o"), ("--", "s"), ("-.", "^"), (":", "D"))


def walk(maps: Sequence[tuple[int, int, str]], units: Sequence[tuple[int, str]]) -> None:
    """The shapes of a network from left to right: stacks of square maps, then bars of units.

    maps: how many, their side, and what made them; units: how many, and what made them.
    """
    wide, narrow, middle = 1.85, 1.15, 1.65
    sheet = new_sheet(wide * len(maps) + narrow * len(units) + 0.2, 3.1)
    largest, tallest = max(side for _, side, _ in maps), max(count for count, _ in units)
    right = 0.1
    for count, side, made_by in maps:
        centre, right = right + wide / 2, right + wide
        width, step = 0.15 + 1.05 * side / largest, min(0.03, 0.28 / count)
        for n in range(count):
            shift = step * (n - (count - 1) / 2)
            _block(sheet, centre + shift, middle - shift, width, width, "white")
        _label(sheet, centre, f"{count} × {side}×{side}", made_by)
    for count, made_by in units:
        centre, right = right + narrow / 2, right + narrow
        _block(sheet, centre, middle, 0.16, 1.7 * count / tallest, ACCENT_TINT)
        _label(sheet, centre, str(count), made_by)


def _block(sheet: Axes, centre: float, middle: float, width: float, height: float, colour: str) -> None:
    corner = centre - width / 2, middle - height / 2
    sheet.add_patch(Rectangle(corner, width, height, facecolor=colour, edgecolor=INK, lw=THIN))


def _label(sheet: Axes, centre: float, shape: str, made_by: str) -> None:
    """The shape above a stack or bar, and what made it below."""
    sheet.text(centre, 0.4, shape, ha="center", fontsize=10, color=INK)
    sheet.text(centre, 2.9, made_by, ha="center", fontsize=9, color=ACCENT)


def doubled(numbers_from_0_to_16: Tensor, image: Tensor) -> None:
    """A digit as the table of its numbers (8, 8), and as a picture with each pixel doubled (16, 16), ruled."""
    sheet = new_sheet(8.2, 4.3)
    table, box = numbers_from_0_to_16, Box(4.3, 0.4, 3.8, 3.8)
    numbers(sheet, Box(0.1, 0.4, 3.8, 3.8), table, f"{size(table)}: 0 to 16", shades=(0, 16))
    picture(sheet, box, image, f"{size(image)}: each pixel doubled", (0, 1))
    for n in range(1, len(image)):
        along = n * box.width / len(image)
        sheet.vlines(box.left + along, box.top, box.top + box.height, color=RULED, lw=THIN)
        sheet.hlines(box.top + along, box.left, box.left + box.width, color=RULED, lw=THIN)


def labelled(X: Tensor, y: Tensor) -> None:
    """Digits X (n, 1, h, w) in rows of ten, each with its label."""
    _gallery(X, [str(int(label)) for label in y])


def misread(X: Tensor, y: Tensor, answers: Tensor, probabilities: Tensor) -> None:
    """Digits X (n, 1, h, w), each with its label, what it was taken for, and how probable that seemed."""
    titles = [
        f"{int(label)} read as {int(answer)}: {probability:.0%}"
        for label, answer, probability in zip(y, answers, probabilities.tolist(), strict=True)
    ]
    _gallery(X, titles, columns=5, width=1.75)


def _gallery(X: Tensor, titles: Sequence[str], columns: int = 10, width: float = 0.95) -> None:
    side = width - 0.15
    rows = max(1, -(-len(X) // columns))
    sheet = new_sheet(0.15 + width * columns, (side + 0.4) * rows + 0.1)
    for n, (image, title) in enumerate(zip(X, titles, strict=True)):
        box = Box(0.15 + width * (n % columns), 0.35 + (side + 0.4) * (n // columns), side, side)
        picture(sheet, box, image[0], title, (0, 1))


def maps(image: Tensor, first: Tensor, second: Tensor) -> None:
    """An image (h, w), its first maps (c0, ...) in a row beside it, and its second (c1, ...) in rows of eight below."""
    per_row, width = 8, 1.15
    rows = -(-len(second) // per_row)
    sheet = new_sheet(0.3 + width * (per_row + 1), (rows + 1) * (width + 0.2) + 0.2)
    _map(sheet, 0, 0, image, "image", width)
    for n, one in enumerate(first):
        _map(sheet, 0, n % per_row + 1, one, f"first {n}", width)
    for n, one in enumerate(second):
        _map(sheet, n // per_row + 1, n % per_row + 1, one, f"second {n}", width)


def _map(sheet: Axes, row: int, column: int, values: Tensor, title: str, width: float) -> None:
    box = Box(0.15 + width * column, 0.35 + (width + 0.2) * row, width - 0.12, width - 0.12)
    picture(sheet, box, values, title, (0, max(float(values.max()), 1e-12)))


def accuracy_curves(curves: Mapping[str, Sequence[float]]) -> None:
    """The accuracy before training and after each epoch, one line for each network, and a dotted one for guessing."""
    figure = new_figure(7, 4)
    ax = figure.subplots()
    _lines(ax, {name: dict(enumerate(values)) for name, values in curves.items()})
    ax.axhline(CHANCE, color=INK, linestyle=":", linewidth=1, label="guessing")
    ax.set_ylim(0, 1)
    _name_axes(ax, "accuracy on the held-out digits")
    ax.legend()
    figure.tight_layout()


def learning_curves(losses: Sequence[float], accuracies: Mapping[str, Sequence[float]]) -> None:
    """The loss of each epoch on a logarithmic scale, and beside it the accuracies after each epoch."""
    figure = new_figure(11, 4)
    left, right = figure.subplots(1, 2)
    _lines(left, {"loss": dict(enumerate(losses, start=1))})
    left.set_yscale("log")
    _name_axes(left, "mean loss of the epoch")
    _lines(right, {name: dict(enumerate(values, start=1)) for name, values in accuracies.items()})
    _name_axes(right, "accuracy after the epoch")
    right.legend()
    figure.tight_layout()


def _lines(ax: Axes, curves: Mapping[str, Mapping[int, float]]) -> None:
    """One line for each curve, from epochs to numbers."""
    for (name, values), (line, marker) in zip(curves.items(), LOOKS, strict=False):
        ax.plot([*values], [*values.values()], line, marker=marker, markersize=4, label=name)


def _name_axes(ax: Axes, measured: str) -> None:
    ax.set_xlabel("epoch")
    ax.set_ylabel(measured)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=(1, 2, 5, 10)))
    ax.grid(alpha=0.4)


def confusion_matrix(confusion: Tensor) -> None:
    """How often each digit (row) was taken for each (column): mistakes are framed."""
    cell, gap = 0.48, 0.04
    side = cell * len(confusion)
    box = Box(0.85, 0.85, side, side)
    sheet = new_sheet(side + 1.0, side + 1.0)
    counts = confusion.double()
    counts[counts == 0] = float("nan")
    numbers(sheet, box, counts, "")
    for row, column in confusion.nonzero().tolist():
        if row != column:
            corner, inner = (box.left + cell * column + gap, box.top + cell * row + gap), cell - 2 * gap
            sheet.add_patch(Rectangle(corner, inner, inner, fill=False, edgecolor=ACCENT, lw=2.5, zorder=3))
    for digit in range(len(confusion)):
        middle = cell * (digit + 0.5)
        words = {"ha": "center", "va": "center", "fontsize": 11, "color": INK}
        sheet.text(box.left + middle, box.top - 0.2, str(digit), **words)
        sheet.text(box.left - 0.2, box.top + middle, str(digit), **words)
    sheet.text(box.left + side / 2, 0.3, "answer of the network", ha="center", fontsize=10, color=INK)
    place = 0.3, box.top + side / 2
    sheet.text(*place, "digit that was written", ha="center", va="center", rotation=90, fontsize=10, color=INK)


def variant(activation: Callable[[], nn.Module], pooling: Callable[[int], nn.Module]) -> nn.Sequential:
    """LeNet for 16×16 images with 8 and 16 channels, with other activations and another pooling."""
    return nn.Sequential(
        nn.Conv2d(1, 8, kernel_size=5, padding=2),
        activation(),
        pooling(2),
        nn.Conv2d(8, 16, kernel_size=5),
        activation(),
        pooling(2),
        nn.Flatten(),
        nn.Linear(64, 120),
        activation(),
        nn.Linear(120, 84),
        activation(),
        nn.Linear(84, 10),
    )
