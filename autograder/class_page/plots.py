"""Distributions as pictures: SVG that is drawn when the page is written, and needs no script to be seen.

Its colours are those of the page's style sheet, by name, so that one picture serves light, dark and paper.
"""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import vl_convert
from markupsafe import Markup

MOST_BINS = 20
_STEPS = (1.0, 2.0, 2.5, 5.0)
_WIDTH, _HEIGHT, _FONT = 880, 170, "system-ui, sans-serif"


@dataclass(frozen=True)
class Bin:
    """How many values are from ``start`` on, and below ``end``; in the last bin also ``end`` itself."""

    start: float
    end: float
    count: int


def bins(values: Sequence[float], top: float) -> tuple[Bin, ...]:
    """Values from 0 to ``top`` in at most MOST_BINS bins, whose bounds are round numbers."""
    step = _step(top / MOST_BINS)
    number = max(1, math.ceil(top / step - 1e-9))
    counts = [0] * number
    for value in values:
        counts[min(max(int(value / step + 1e-9), 0), number - 1)] += 1
    return tuple(Bin(round(i * step, 6), round((i + 1) * step, 6), count) for i, count in enumerate(counts))


def _step(least: float) -> float:
    """The smallest round number that is not below ``least``."""
    if not least > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next((step * power for step in _STEPS if step * power >= least * (1 - 1e-9)), 10 * power)


def histogram(name: str, counted: Sequence[Bin], across: str, title: str, description: str) -> Markup:
    """Bins as bars. name: tells the picture's parts from those of others on the page; across: what the bins are of."""
    values = [{"start": one.start, "end": one.end, "count": one.count} for one in counted]
    bounds = [one.start for one in counted] + [counted[-1].end]
    marked = bounds[:: 2 if len(bounds) > 12 else 1]
    axis = {"domainColor": "var(--line)", "tickColor": "var(--line)", "labelColor": "currentColor"}
    counts = alt.Axis(tickMinStep=1, tickCount=4, format=",d")
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(color="var(--accent)", binSpacing=2)
        .encode(
            x=alt.X("start:Q", bin="binned", title=across, axis=alt.Axis(values=marked)),
            x2="end:Q",
            y=alt.Y("count:Q", title="Submissions", scale=alt.Scale(nice=4), axis=counts),
        )
        .properties(width=_WIDTH, height=_HEIGHT)
        .configure(background="transparent", font=_FONT, aria=False)
        .configure_axis(
            **axis, titleColor="currentColor", titleFontWeight="normal", gridColor="var(--line)", labelFontSize=12,
            titleFontSize=12, titlePadding=8,
        )
        .configure_axisX(grid=False)
        .configure_axisY(domain=False, ticks=False)
        .configure_view(stroke=None)
    )  # fmt: skip
    # numbers alone go into a picture, and nothing is fetched for it
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), allowed_base_urls=[])
    start, rest = svg.split(">", 1)
    named = f'role="img" aria-labelledby="{name}-title {name}-words"'
    title, description = html.escape(title), html.escape(description)
    words = f'<title id="{name}-title">{title}</title><desc id="{name}-words">{description}</desc>'
    drawn = rest.replace("<g ", '<g aria-hidden="true" ', 1)  # its parts have no names of their own
    return Markup(f"{start} {named}>{words}{drawn}")
