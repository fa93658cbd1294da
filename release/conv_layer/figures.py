"""Drawings and one small helper for the conv_layer notebook, kept here so that its cells stay short.

Every function that draws leaves a Matplotlib figure behind and returns nothing: the notebook shows the figure under
the cell. Figures have their own white background, so they read the same in a light and in a dark theme, and what a
colour says is also said by a number, a pattern or a label.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache

import matplotlib.pyplot as plt
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from torch import Tensor

INK = "#1a1a1a"
ACCENT = "#b34700"
GREY_SCALE = "gray"
SIGNED_SCALE = "PuOr_r"  # violet is negative, orange positive: told apart by colour-blind readers too


@contextmanager
def when_solved() -> Iterator[None]:
    """Run a block that uses your functions; where one is still unsolved, print which one instead of failing.

    An unsolved function is one that raises a bare NotImplementedError. Every other error passes through.
    """
    try:
        yield
    except NotImplementedError as error:
        if error.args:  # PyTorch raises this class too, always with a message: that is a real error
            raise
        print(f"Solve {_where_raised(error)} above, then run this cell again.")


def _where_raised(error: BaseException) -> str:
    """The name of the function, or of the method's class, that raised."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return "the question" if traceback is None else traceback.tb_frame.f_code.co_qualname.split(".")[0]


@lru_cache(maxsize=1)
def _pixels(size: int) -> Tensor:
    from skimage import data, transform  # slow to import and needed by two cells only

    pixels = transform.resize(data.chelsea(), (size, size), anti_aliasing=True)
    return torch.from_numpy(pixels).permute(2, 0, 1).float().contiguous()


def photograph(size: int = 128) -> Tensor:
    """A colour photograph of a cat: float32 `(3, size, size)`, red, green and blue, each from 0 to 1."""
    return _pixels(size).clone()


def shaded_window(X: Tensor, K: Tensor) -> None:
    """The window of K at each of its places on X (h, w), with the arithmetic and the output filled so far."""
    kh, kw = K.shape
    oh, ow = X.shape[0] - kh + 1, X.shape[1] - kw + 1
    places = [(i, j) for i in range(oh) for j in range(ow)]
    figure = _new_figure(2.5 * (len(places) + 1), 4.9)
    axes = figure.subplots(2, len(places) + 1, squeeze=False)
    _numbers(axes[0, 0], K, "kernel")
    axes[1, 0].set_axis_off()
    outputs: list[float] = []
    for column, (i, j) in enumerate(places, start=1):
        window = X[i : i + kh, j : j + kw]
        products = " + ".join(f"{x:g}·{k:g}" for x, k in zip(window.flatten(), K.flatten(), strict=True))
        outputs.append(float((window * K).sum()))
        _numbers(axes[0, column], X, f"window at row {i}, column {j}", shaded=(i, j, kh, kw))
        so_far = torch.full((oh * ow,), float("nan"))
        so_far[: len(outputs)] = torch.tensor(outputs)
        _numbers(axes[1, column], so_far.reshape(oh, ow), f"{products} = {outputs[-1]:g}", shaded=(i, j, 1, 1))
    axes[0, 1].set_ylabel("input", fontsize=10, color=INK)
    axes[1, 1].set_ylabel("output", fontsize=10, color=INK)


def edge_response(X: Tensor, K: Tensor, Y: Tensor) -> None:
    """An image X of zeros and ones, the kernel K and the response Y, each with its numbers written in the cells."""
    figure = _new_figure(12, 3.6)
    axes = figure.subplots(1, 3, width_ratios=[X.shape[1], max(2, K.shape[1]), Y.shape[1]])
    _numbers(axes[0], X, f"image {_size(X)}: 1 white, 0 black", shades=True)
    _numbers(axes[1], K, f"kernel {_size(K)}", signed=True)
    _numbers(axes[2], Y, f"response {_size(Y)}", signed=True)


def photo_responses(photo: Tensor, responses: Mapping[str, Tensor]) -> None:
    """A grey photograph (h, w) and its responses to several kernels: mid-grey is 0, white positive, black negative."""
    figure = _new_figure(3.1 * (len(responses) + 1), 3.4)
    axes = figure.subplots(1, len(responses) + 1)
    _picture(axes[0], photo, "photograph", (0, 1))
    for ax, (name, response) in zip(axes[1:], responses.items(), strict=True):
        _picture(ax, response, name, _around_zero(response))


def loss_curves(histories: Mapping[str, Sequence[float]]) -> None:
    """The loss before each update, on a logarithmic scale: one line for each start, named in the legend."""
    figure = _new_figure(7, 4)
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
    figure = _new_figure(2.7 * len(before), 3.4)
    axes = figure.subplots(2, len(before), squeeze=False)
    for row, (label, kernels) in enumerate((("before", before), ("after", after))):
        for column, (name, kernel) in enumerate(kernels.items()):
            title = f"{name}, {label}"
            _numbers(axes[row, column], kernel, title, signed=True, digits=3, largest=1.2)


def feature_map_grid(X: Tensor, components: Tensor, maps: Tensor) -> None:
    """How input channels become output channels, as a grid of (ci + 1) rows and (co + 1) columns.

    X `(1, 3, h, w)` is drawn in colour at the top left and channel by channel down the first column; `components`
    `(3, co, oh, ow)` fill the inside; `maps` `(co, oh, ow)`, the sums down each column plus bias, are the top row.
    """
    ci, co = components.shape[:2]
    names = ["red", "green", "blue"]
    figure = _new_figure(2.3 * (co + 1), 2.45 * (ci + 1))
    axes = figure.subplots(ci + 1, co + 1)
    _picture(axes[0, 0], X[0].permute(1, 2, 0), "input", (0, 1))
    for k in range(co):
        _picture(axes[0, k + 1], maps[k], f"output {k}: column sum + bias", _from_least_to_most(maps[k]), ACCENT)
    for c in range(ci):
        _picture(axes[c + 1, 0], X[0, c], f"channel {c} ({names[c]})", (0, 1))
        for k in range(co):
            piece = components[c, k]
            _picture(axes[c + 1, k + 1], piece, f"X({c}) ⋆ K({c}, {k})", _from_least_to_most(piece))


def reach(stacks: Mapping[str, Sequence[tuple[int, int]]]) -> None:
    """One unit of the last layer of each stack of (kernel, stride) layers, and every unit below that it depends on."""
    figure = _new_figure(6 * len(stacks), 3.2)
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
            for i, j in joined:
                ends = [start + spacing * i, start_below + spacing_below * j]
                ax.plot(ends, [level, level - 1], color=INK, lw=0.8, zorder=1)
            used = {j for _, j in joined}
    ax.set_yticks(range(len(layers) + 1), ["input"] + [f"layer {n}" for n in range(1, len(layers) + 1)])
    ax.tick_params(length=0)
    ax.set_xticks([])
    ax.set_ylim(-0.4, len(layers) + 0.4)
    ax.set_xlim(-2, max(6, len(used)) + 2)
    ax.spines[:].set_visible(False)


def _new_figure(width: float, height: float) -> Figure:
    """An empty figure, sizes in inches, on an opaque white ground."""
    figure = plt.figure(figsize=(width, height), facecolor="white")
    # Fixed, because a layout that fits itself takes as long as all the drawing. Notebooks crop the margins.
    figure.subplots_adjust(left=0.02, right=0.98, bottom=0.05, top=0.92, wspace=0.12, hspace=0.22)
    return figure


def _size(values: Tensor) -> str:
    return "×".join(str(n) for n in values.shape)


def _around_zero(values: Tensor) -> tuple[float, float]:
    largest = max(float(values.abs().max()), 1e-12)
    return -largest, largest


def _from_least_to_most(values: Tensor) -> tuple[float, float]:
    return float(values.min()), float(values.max())


def _picture(ax: Axes, values: Tensor, title: str, limits: tuple[float, float], colour: str = INK) -> None:
    """One panel: `values` (h, w) in grey or (h, w, 3) in colour, black and white at the two limits."""
    ax.imshow(values.detach().numpy(), cmap=GREY_SCALE, vmin=limits[0], vmax=limits[1])
    ax.set_title(title, fontsize=10, color=colour)
    ax.set_xticks([])
    ax.set_yticks([])


def _numbers(
    ax: Axes,
    values: Tensor,
    title: str,
    *,
    shaded: tuple[int, int, int, int] | None = None,
    shades: bool = False,
    signed: bool = False,
    digits: int = 0,
    largest: float | None = None,
) -> None:
    """One panel: a table of numbers with cell colours that repeat what the numbers say; NaN is an empty cell.

    `shaded` is (row, column, height, width) of a tinted, framed window; `shades` colours 0 black and 1 white; `signed`
    colours by sign and writes it; `digits` are decimals; `largest` is the magnitude of the fullest colour.
    """
    values = values.detach()
    h, w = values.shape
    top = largest or max(float(values.nan_to_num().abs().max()), 1e-12)
    if signed:
        image = ax.imshow(values.numpy(), cmap=SIGNED_SCALE, vmin=-1.6 * top, vmax=1.6 * top)
    elif shades:
        image = ax.imshow(values.numpy(), cmap=GREY_SCALE, vmin=0, vmax=1)
    else:
        image = ax.imshow(torch.ones(h, w).numpy(), cmap=GREY_SCALE, vmin=0, vmax=1)
    ax.hlines([i - 0.5 for i in range(h + 1)], -0.5, w - 0.5, color="#777777", lw=0.8)
    ax.vlines([j - 0.5 for j in range(w + 1)], -0.5, h - 0.5, color="#777777", lw=0.8)
    for i in range(h):
        for j in range(w):
            value = float(values[i, j])
            if value == value:  # not NaN
                ink = _readable_on(image.to_rgba(value if signed or shades else 1.0))
                text = _written(value, signed, digits)
                ax.text(j, i, text, ha="center", va="center", fontsize=11, color=ink, zorder=4)
    if shaded is not None:
        row, column, height, width = shaded
        corner = (column - 0.5, row - 0.5)
        ax.add_patch(Rectangle(corner, width, height, facecolor="#ffd9b3", edgecolor="none", zorder=0.5))
        ax.add_patch(Rectangle(corner, width, height, fill=False, edgecolor=ACCENT, lw=3, zorder=3))
    ax.set_title(title, fontsize=10, color=INK)
    ax.set_xticks([])
    ax.set_yticks([])


def _written(value: float, signed: bool, digits: int) -> str:
    if not signed or value == 0:
        return f"{value:g}"
    text = f"{value:+.{digits}f}" if digits else f"{value:+g}"
    return text.replace("-", "\N{MINUS SIGN}")


def _readable_on(rgba: tuple[float, float, float, float]) -> str:
    """Dark or light ink, whichever stands out (luma of ITU-R BT.601)."""
    red, green, blue, _ = rgba
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "white"
