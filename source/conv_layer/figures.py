"""Drawings for the conv_layer notebook, kept here so that its cells stay short.

Every function that draws leaves a Matplotlib figure behind and returns nothing: the notebook shows the figure under
the cell.
"""

from collections.abc import Mapping, Sequence

import torch
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from torch import Tensor

from autograder.lesson.drawing import (
    ACCENT,
    INK,
    Box,
    around_zero,
    from_least_to_most,
    new_figure,
    new_sheet,
    numbers,
    picture,
    size,
)
from autograder.lesson.photograph import photograph as photograph
from autograder.lesson.solving import when_solved as when_solved


def shaded_window(X: Tensor, K: Tensor) -> None:
    """The window of K at each of its places on X (h, w), with the arithmetic and the output filled so far."""
    kh, kw = K.shape
    oh, ow = X.shape[0] - kh + 1, X.shape[1] - kw + 1
    places = [(i, j) for i in range(oh) for j in range(ow)]
    sheet = new_sheet(2.5 * (len(places) + 1), 4.8)
    above, below = ([Box(0.35 + 2.5 * n, top, 2, 2) for n in range(len(places) + 1)] for top in (0.35, 2.75))
    numbers(sheet, above[0], K, "kernel")
    outputs: list[float] = []
    for (i, j), box, box_below in zip(places, above[1:], below[1:], strict=True):
        window = X[i : i + kh, j : j + kw]
        products = " + ".join(f"{x:g}·{k:g}" for x, k in zip(window.flatten(), K.flatten(), strict=True))
        outputs.append(float((window * K).sum()))
        numbers(sheet, box, X, f"window at row {i}, column {j}", shaded=(i, j, kh, kw))
        so_far = torch.full((oh * ow,), float("nan"))
        so_far[: len(outputs)] = torch.tensor(outputs)
        title = f"{products} = {outputs[-1]:g}"
        numbers(sheet, box_below, so_far.reshape(oh, ow), title, shaded=(i, j, 1, 1))
    for name, box in (("input", above[1]), ("output", below[1])):
        middle = box.top + box.height / 2
        sheet.text(box.left - 0.1, middle, name, fontsize=10, color=INK, rotation=90, ha="right", va="center")


def edge_response(X: Tensor, K: Tensor, Y: Tensor) -> None:
    """An image X of zeros and ones, the kernel K and the response Y, each with its numbers written in the cells."""
    cell, gap, highest = 0.52, 0.7, max(X.shape[0], K.shape[0], Y.shape[0])
    columns = X.shape[1] + K.shape[1] + Y.shape[1]
    sheet = new_sheet(0.2 + cell * columns + 2 * gap, 0.4 + cell * highest)
    left = 0.1
    for values, title, look in (
        (X, f"image {size(X)}: 1 white, 0 black", {"shades": (0, 1)}),
        (K, f"kernel {size(K)}", {"signed": True}),
        (Y, f"response {size(Y)}", {"signed": True}),
    ):
        width = cell * values.shape[1]
        numbers(sheet, Box(left, 0.35, width, cell * highest), values, title, **look)
        left += width + gap


def photo_responses(photo: Tensor, responses: Mapping[str, Tensor]) -> None:
    """A grey photograph (h, w) and its responses to several kernels: mid-grey is 0, white positive, black negative."""
    boxes = [Box(0.05 + 3.1 * column, 0.35, 3, 3) for column in range(len(responses) + 1)]
    sheet = new_sheet(3.1 * len(boxes), 3.4)
    picture(sheet, boxes[0], photo, "photograph", (0, 1))
    for box, (name, response) in zip(boxes[1:], responses.items(), strict=True):
        picture(sheet, box, response, name, around_zero(response))


def loss_curves(histories: Mapping[str, Sequence[float]]) -> None:
    """The loss before each update, on a logarithmic scale: one line for each start, named in the legend."""
    figure = new_figure(7, 4)
    ax = figure.subplots()
    looks = [("-", "o"), ("--", "s"), ("-.", "^"), (":", "D")]
    for index, (name, losses) in enumerate(histories.items()):
        line, marker = looks[index % len(looks)]
        ax.semilogy(range(1, len(losses) + 1), losses, line, marker=marker, markersize=5, label=name)
    ax.set_xlabel("step")
    ax.set_ylabel("loss before the update")
    ax.grid(alpha=0.4)
    ax.legend(title="start kernel")


def before_and_after(before: Mapping[str, Tensor], after: Mapping[str, Tensor]) -> None:
    """Two-dimensional kernels as they started (above) and as they were learned (below), numbers in the cells."""
    sheet = new_sheet(2.7 * len(before), 3.3)
    for row, (label, kernels) in enumerate((("before", before), ("after", after))):
        for column, (name, kernel) in enumerate(kernels.items()):
            box = Box(0.1 + 2.7 * column, 0.35 + 1.65 * row, 2.5, 1.25)
            numbers(sheet, box, kernel, f"{name}, {label}", signed=True, digits=3, largest=1.2)


def feature_map_grid(X: Tensor, components: Tensor, maps: Tensor) -> None:
    """How input channels become output channels, as a grid of (ci + 1) rows and (co + 1) columns.

    X `(1, 3, h, w)` is drawn in colour at the top left and channel by channel down the first column; `components`
    `(3, co, oh, ow)` fill the inside; `maps` `(co, oh, ow)`, the sums down each column plus bias, are the top row.
    """
    ci, co = components.shape[:2]
    names = ["red", "green", "blue"]
    sheet = new_sheet(2.3 * (co + 1), 2.3 * (ci + 1) + 0.1)
    box = [[Box(0.15 + 2.3 * column, 0.3 + 2.3 * row, 2, 2) for column in range(co + 1)] for row in range(ci + 1)]
    picture(sheet, box[0][0], X[0].permute(1, 2, 0), "input", (0, 1))
    for k in range(co):
        title = f"output {k}: column sum + bias"
        picture(sheet, box[0][k + 1], maps[k], title, from_least_to_most(maps[k]), ACCENT)
    for c in range(ci):
        picture(sheet, box[c + 1][0], X[0, c], f"channel {c} ({names[c]})", (0, 1))
        for k in range(co):
            piece = components[c, k]
            picture(sheet, box[c + 1][k + 1], piece, f"X({c}) ⋆ K({c}, {k})", from_least_to_most(piece))


def reach(stacks: Mapping[str, Sequence[tuple[int, int]]]) -> None:
    """One unit of the last layer of each stack of (kernel, stride) layers, and every unit below that it depends on."""
    figure = new_figure(6 * len(stacks), 3.2)
    axes = figure.subplots(1, len(stacks), squeeze=False)
    for ax, (name, layers) in zip(axes[0], stacks.items(), strict=True):
        _reach_of_one_unit(ax, layers)
        ax.set_title(name, fontsize=10, color=INK)


def _reach_of_one_unit(ax: Axes, layers: Sequence[tuple[int, int]]) -> None:
    """Draw one row of units for each layer, the input lowest, with lines from each unit in use to what it reads."""
    rows = [(1, 0.0)]  # of each level: how far apart its units are, and where unit 0 is, in pixels
    for kernel, stride in layers:
        spacing, start = rows[-1]
        rows.append((spacing * stride, start + (kernel - 1) / 2 * spacing))
    used = {0}
    for level in range(len(layers), -1, -1):
        spacing, start = rows[level]
        around = [start + spacing * i for i in range(min(used) - 1, max(used) + 2)]
        ax.plot(around, [level] * len(around), "o", mfc="white", mec="#999999", ms=13)
        ax.plot(around[1:-1], [level] * len(used), "o", mfc=ACCENT, mec=INK, ms=13, zorder=3)
        ax.text(around[-1] + 0.6, level, f"{len(used)} used", va="center", fontsize=9, color=INK)
        if level > 0:
            kernel, stride = layers[level - 1]
            spacing_below, start_below = rows[level - 1]
            joined = [(i, i * stride + offset) for i in used for offset in range(kernel)]
            lines = [[(start + spacing * i, level), (start_below + spacing_below * j, level - 1)] for i, j in joined]
            ax.add_collection(LineCollection(lines, colors=INK, linewidths=0.8, zorder=1))
            used = {j for _, j in joined}
    ax.set_yticks(range(len(layers) + 1), ["input"] + [f"layer {n}" for n in range(1, len(layers) + 1)])
    ax.tick_params(length=0)
    ax.set_xticks([])
    ax.set_ylim(-0.4, len(layers) + 0.4)
    ax.set_xlim(-2, max(6, len(used)) + 2)
    ax.spines[:].set_visible(False)
