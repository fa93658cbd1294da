"""Panels of numbers and pictures, in one style for all lessons.

A sheet is one pair of axes over a whole figure, in inches from its upper left corner; a `Box` is a place on it.
Figures have their own white background, so they read the same in a light and in a dark theme, and what a colour says
is also said by a number, a pattern or a label.
"""

from dataclasses import dataclass
from itertools import product
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from torch import Tensor

INK = "#1a1a1a"
ACCENT = "#b34700"
ACCENT_TINT = "#ffd9b3"
PADDING_TINT = "#dcdcdc"
THIN = 0.7  # points: one pixel in a notebook
GREY_SCALE = "gray"
SIGNED_SCALE = "PuOr_r"  # violet is negative, orange positive: told apart by colour-blind readers too


@dataclass(frozen=True)
class Box:
    """A place on a sheet, in inches from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def around(self, h: int, w: int) -> "Box":
        """The largest box in the middle of this one with room for h rows and w columns of squares."""
        square = min(self.width / w, self.height / h)
        left, top = self.left + (self.width - square * w) / 2, self.top + (self.height - square * h) / 2
        return Box(left, top, square * w, square * h)


def new_figure(width: float, height: float) -> Figure:
    """An empty figure, sizes in inches, on an opaque white ground."""
    return plt.figure(figsize=(width, height), facecolor="white")


def new_sheet(width: float, height: float) -> Axes:
    """One pair of axes over a whole new figure, in inches from the upper left corner.

    All panels share it: with axes for each, making those would take most of the time.
    """
    sheet = new_figure(width, height).add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    sheet.set_axis_off()
    return sheet


def size(values: Tensor) -> str:
    return "×".join(str(n) for n in values.shape)


def around_zero(values: Tensor) -> tuple[float, float]:
    largest = max(float(values.abs().max()), 1e-12)
    return -largest, largest


def from_least_to_most(values: Tensor) -> tuple[float, float]:
    return float(values.min()), float(values.max())


def picture(sheet: Axes, box: Box, values: Tensor, title: str, limits: tuple[float, float], colour: str = INK) -> None:
    """One panel: `values` (h, w) in grey or (h, w, 3) in colour, black and white at the two limits."""
    place = box.around(*values.shape[:2])
    extent = (place.left, place.left + place.width, place.top + place.height, place.top)
    low, high = limits
    sheet.imshow(values.detach().numpy(), cmap=GREY_SCALE, vmin=low, vmax=high, extent=extent, aspect="auto")
    frame(sheet, place, title, colour)


def numbers(
    sheet: Axes,
    box: Box,
    values: Tensor,
    title: str,
    *,
    shaded: tuple[int, int, int, int] | None = None,
    border: tuple[int, int] = (0, 0),
    shades: tuple[float, float] | None = None,
    signed: bool = False,
    digits: int = 0,
    largest: float | None = None,
) -> None:
    """One panel: a table of numbers with cell colours that repeat what the numbers say; NaN is an empty cell.

    `shaded` is (row, column, height, width) of a tinted, framed window; `border` is how many rows and columns on each
    side are padding: they are grey, and what they enclose is white and outlined; `shades` are the numbers that are
    black and white; `signed` colours by sign and writes it; `digits` are decimals; `largest` is the magnitude of the
    fullest colour.
    """
    values = values.detach()
    h, w = values.shape
    place = box.around(h, w)
    square = place.width / w
    columns, rows = [place.left + square * n for n in range(w + 1)], [place.top + square * n for n in range(h + 1)]
    colours = _cell_colours(values, shades, signed, largest)
    marked = []
    if border != (0, 0):
        inside = (*border, h - 2 * border[0], w - 2 * border[1])
        marked += [(0, 0, h, w, PADDING_TINT, "black", THIN), (*inside, "white", "black", 1.5)]
    if shaded is not None:
        marked.append((*shaded, ACCENT_TINT, ACCENT, 3))
    for row, column, height, width, tint, edge, line in marked:
        colours[row : row + height, column : column + width] = to_rgba(tint)
        corner, extent = (columns[column], rows[row]), (square * width, square * height)
        sheet.add_patch(Rectangle(corner, *extent, fill=False, edgecolor=edge, lw=line, zorder=3))
    sheet.pcolormesh(columns, rows, colours, edgecolors="#777777", linewidth=THIN)
    for i, j in product(range(h), range(w)):
        if not values[i, j].isnan():
            middle = columns[j] + square / 2, rows[i] + square / 2
            text, ink = _written(float(values[i, j]), signed, digits), _readable_on(colours[i, j])
            sheet.text(*middle, text, ha="center", va="center", fontsize=11, color=ink)
    frame(sheet, place, title)


def _cell_colours(values: Tensor, shades: tuple[float, float] | None, signed: bool, largest: float | None) -> Any:
    """The colour of each cell (h, w, 4): by sign, by shade, or white."""
    if signed:
        top = largest or max(float(values.nan_to_num().abs().max()), 1e-12)
        return colormaps[SIGNED_SCALE](Normalize(-1.6 * top, 1.6 * top)(values.numpy()))
    if shades is not None:
        return colormaps[GREY_SCALE](Normalize(*shades)(values.numpy()))
    return np.tile(to_rgba("white"), (*values.shape, 1))


def frame(sheet: Axes, place: Box, title: str, colour: str = INK) -> None:
    """An outline, and a title above it."""
    corner = place.left, place.top
    sheet.add_patch(Rectangle(corner, place.width, place.height, fill=False, edgecolor="black", lw=THIN, zorder=2))
    sheet.text(place.left + place.width / 2, place.top - 0.08, title, ha="center", fontsize=10, color=colour)


def _written(value: float, signed: bool, digits: int) -> str:
    if not signed or value == 0:
        return f"{value:g}"
    text = f"{value:+.{digits}f}" if digits else f"{value:+g}"
    return text.replace("-", "\N{MINUS SIGN}")


def _readable_on(rgba: tuple[float, float, float, float]) -> str:
    """Dark or light ink, whichever stands out (luma of ITU-R BT.601)."""
    red, green, blue, _ = rgba
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "white"
