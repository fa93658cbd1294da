"""Small matrices to look at: numbers on blue and orange, what is wrong outlined, and the same in a sentence.

The styles are inline and the backgrounds opaque, for a dark theme and for pages that take no style sheets from a
notebook. Sign, outline and brackets say what the colours say, to who sees no colours.
"""

import math
from collections.abc import Iterator, Sequence
from html import escape

from autograder.results import Grid

INK, PAPER, FAINT, LINE = "#1f2328", "#ffffff", "#57606a", "#d0d7de"
GRID_LINE = "#8c959f"
# From near zero to far from it. Blue and orange stay apart for every kind of colour vision.
NEGATIVE = ("#e8f2fd", "#cfe3fa", "#abd0f7", "#80b8f2")
POSITIVE = ("#fff1e0", "#ffe0bd", "#ffcb91", "#ffb25c")
NO_NUMBER = "#d8dee4"
_STEPS = (1.0, 3.0, 10.0)  # a number has the same colour in every grid, so that grids can be compared
_WIDEST = 6  # characters
_LEFT, _RIGHT = "▸", "◂"
TRANSPARENT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def number(value: float) -> str:
    """A number in some six characters: 3, -1.25, 1e-4, nan, -inf."""
    if not math.isfinite(value):
        return f"{value:g}"
    if value == int(value) and len(f"{value:.0f}") <= _WIDEST:
        return f"{value + 0.0:.0f}"  # + 0.0: no minus before a zero
    for digits in range(_WIDEST, 0, -1):
        written = _without_padding(f"{value:.{digits}g}")
        if len(written) <= _WIDEST:
            return written
    return _without_padding(f"{value:.0e}")


def _without_padding(written: str) -> str:
    """1e-4 for 1e-04, 1e20 for 1e+20."""
    mantissa, e, exponent = written.partition("e")
    return f"{mantissa}e{int(exponent)}" if e else written


def tint(value: float) -> str:
    """The background of a number: blue below zero, orange above, deeper the farther from it."""
    if math.isnan(value):
        return NO_NUMBER
    if value == 0:
        return PAPER
    return (POSITIVE if value > 0 else NEGATIVE)[sum(abs(value) > step for step in _STEPS)]


def _place_words(place: tuple[int, int]) -> str:
    return f"row {place[0]}, column {place[1]}"


def _places(grids: Sequence[Grid]) -> tuple[tuple[int, int], ...]:
    """Where something is wrong, each place once."""
    return tuple(dict.fromkeys(grid.wrong for grid in grids if grid.wrong is not None))


def legend(grids: Sequence[Grid], wrong: str, window: str) -> str:
    """Where something is wrong, and what the marks mean; ``wrong`` and ``window`` say how these look."""
    told = [f"Wrong at {_place_words(place)} (counted from 0), marked {wrong}." for place in _places(grids)]
    if any(grid.window for grid in grids):
        told.append(f"It is computed from what is marked {window}.")
    return " ".join(told)


def description(grids: Sequence[Grid]) -> str:
    """What the grids show, in words: names, sizes, the wrong place with its numbers, what these are computed from."""
    sizes = "; ".join(f"{grid.name}, {len(grid.rows)} by {len(grid.rows[0])}" for grid in grids)
    return " ".join([f"Grids of numbers: {sizes}.", *_wrong_words(grids), *_window_words(grids)])


def _wrong_words(grids: Sequence[Grid]) -> Iterator[str]:
    for place in _places(grids):
        numbers = [f"{grid.name} {number(grid.rows[place[0]][place[1]])}" for grid in grids if grid.wrong == place]
        yield f"Wrong at {_place_words(place)}, counted from 0: {'; '.join(numbers)}."


def _window_words(grids: Sequence[Grid]) -> Iterator[str]:
    windows = [f"{_extent(grid.window)} of {grid.name}" for grid in grids if grid.window]
    if windows:
        yield f"Computed from {'; '.join(windows)}."


def _extent(window: Sequence[tuple[int, int]]) -> str:
    rows, columns = ([place[axis] for place in window] for axis in (0, 1))
    if len(window) < (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1):
        return f"{len(window)} elements"
    return f"rows {min(rows)} to {max(rows)}, columns {min(columns)} to {max(columns)}"


def pictures(grids: Sequence[Grid]) -> str:
    """The grids as HTML, side by side as far as there is room."""
    if not grids:
        return ""
    # The one description that every sanitiser leaves in a page is a picture's. This picture is one clear pixel.
    words = f'<img alt="{escape(description(grids))}" src="{TRANSPARENT}" width="1" height="1">'
    meaning = legend(grids, f"{_LEFT} {_RIGHT} and by a thick outline", "by a dashed outline")
    line = f'<p style="margin:0 0 4px 0;color:{FAINT};font-size:0.9em">{meaning}</p>' if meaning else ""
    figures = "".join(map(_figure, grids))
    return f'<div style="margin:4px 0;color:{INK};background-color:{PAPER}">{words}{figures}{line}</div>'


def _figure(grid: Grid) -> str:
    rows = "".join(f"<tr>{''.join(_cell(grid, i, j) for j in range(len(row)))}</tr>" for i, row in enumerate(grid.rows))
    return (
        '<figure style="display:inline-block;vertical-align:top;margin:2px 20px 6px 0">'
        f'<table style="border-collapse:collapse;margin:0;width:auto;font-size:0.95em;color:{INK};'
        f'background-color:{PAPER}">{rows}</table>'
        f'<figcaption style="margin:2px 0 0 0;font-size:0.9em;color:{INK};background-color:{PAPER}">'
        f"<strong>{escape(grid.name)}</strong></figcaption></figure>"
    )


def _cell(grid: Grid, i: int, j: int) -> str:
    value = grid.rows[i][j]
    style = (
        f"padding:2px 6px;border:1px solid {GRID_LINE};text-align:right;font-family:monospace;white-space:nowrap;"
        f"color:{INK};background-color:{tint(value)}"
    )
    shown = number(value)
    if grid.wrong == (i, j):
        style += f";border:3px solid {INK};font-weight:bold"
        shown = f"{_LEFT}{shown}{_RIGHT}"
    elif (i, j) in grid.window:
        style += "".join(f";border-{side}:2px dashed {INK}" for side in _open_sides(grid.window, i, j))
    return f'<td style="{style}">{shown}</td>'


def _open_sides(window: Sequence[tuple[int, int]], i: int, j: int) -> Iterator[str]:
    """The sides of an element on which the window ends."""
    neighbours = {"top": (i - 1, j), "right": (i, j + 1), "bottom": (i + 1, j), "left": (i, j - 1)}
    return (side for side, place in neighbours.items() if place not in window)
