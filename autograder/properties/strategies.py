"""The inputs that properties are asked on: a vocabulary of small Hypothesis strategies that compose.

Elements are drawn one by one, so that Hypothesis can shrink a failure to the smallest input that shows it.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.errors import AutograderError

Case = Mapping[str, Any]
Shape = tuple[int, ...]
Shapes = Mapping[str, Shape]

MAGNITUDES = (1.0, 1e-4, 1e-2, 1e2, 1e4)
DTYPES = (torch.float32, torch.float64, torch.float16, torch.bfloat16)
# 97 is prime and no power of two, so that n/97 has no short binary form and every product is rounded.
DENOMINATOR = 97
LAYOUTS = ("plain", "transposed", "strided", "offset", "expanded")


def sides(largest: int = 4) -> SearchStrategy[int]:
    """The length of a kernel's side, from 1."""
    return st.integers(1, largest)


@st.composite
def windows(draw: st.DrawFn, largest_kernel: int = 4, largest_slack: int = 4) -> tuple[int, int, int, int]:
    """(h, w, kh, kw) such that the kernel fits: rectangular, size-1 and kernel-as-large-as-input shapes included."""
    kh, kw = draw(sides(largest_kernel)), draw(sides(largest_kernel))
    return kh + draw(st.integers(0, largest_slack)), kw + draw(st.integers(0, largest_slack)), kh, kw


@st.composite
def single_channel(draw: st.DrawFn) -> Shapes:
    """X (h, w) and K (kh, kw)."""
    h, w, kh, kw = draw(windows())
    return {"X": (h, w), "K": (kh, kw)}


@st.composite
def channels_in(draw: st.DrawFn) -> Shapes:
    """X (ci, h, w) and K (ci, kh, kw)."""
    h, w, kh, kw = draw(windows(3, 3))
    ci = draw(st.integers(1, 3))
    return {"X": (ci, h, w), "K": (ci, kh, kw)}


@st.composite
def channels_in_out(draw: st.DrawFn) -> Shapes:
    """X (ci, h, w) and K (co, ci, kh, kw)."""
    h, w, kh, kw = draw(windows(3, 2))
    ci, co = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    return {"X": (ci, h, w), "K": (co, ci, kh, kw)}


@st.composite
def batch_of_one_with_bias(draw: st.DrawFn) -> Shapes:
    """X (1, ci, h, w), K (co, ci, kh, kw) and u (co,)."""
    h, w, kh, kw = draw(windows(3, 2))
    ci, co = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    return {"X": (1, ci, h, w), "K": (co, ci, kh, kw), "u": (co,)}


@st.composite
def layer_with_bias(draw: st.DrawFn) -> Shapes:
    """X (h, w), weight (kh, kw) and bias (1,)."""
    h, w, kh, kw = draw(windows())
    return {"X": (h, w), "weight": (kh, kw), "bias": (1,)}


@st.composite
def integers(draw: st.DrawFn, shape: Shape, dtype: torch.dtype = torch.float64, largest: int = 9) -> torch.Tensor:
    """A tensor of small whole numbers: exact in every order of summation, and short to print."""
    count = math.prod(shape)
    values = draw(st.lists(st.integers(-largest, largest), min_size=count, max_size=count))
    return torch.tensor(values, dtype=dtype).reshape(shape)


def whole_numbers(shape: Shape, generator: torch.Generator, largest: int = 9) -> torch.Tensor:
    """A tensor of small whole numbers from a generator, where there are too many to draw and shrink each."""
    return torch.randint(-largest, largest + 1, shape, generator=generator).double()


@st.composite
def distinct(draw: st.DrawFn, shape: Shape, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    """A tensor of small whole numbers that all differ."""
    count = math.prod(shape)
    return torch.tensor(draw(st.permutations(range(-(count // 2), count - count // 2))), dtype=dtype).reshape(shape)


@st.composite
def fractions(
    draw: st.DrawFn, shape: Shape, dtype: torch.dtype, magnitudes: Sequence[float] = MAGNITUDES
) -> torch.Tensor:
    """A tensor of numbers that are not whole, all near one drawn magnitude."""
    count = math.prod(shape)
    values = draw(st.lists(st.integers(-999, 999), min_size=count, max_size=count))
    scale = draw(st.sampled_from(magnitudes)) / DENOMINATOR
    return (torch.tensor(values, dtype=torch.float64) * scale).to(dtype).reshape(shape)


class NoShape(AutograderError):
    """An argument that is drawn as something else than the shape of a tensor."""


def shapes_of_tensors(shapes: SearchStrategy[Shapes]) -> SearchStrategy[Shapes]:
    """The same shapes; drawing raises NoShape for what is none."""
    return shapes.map(_required_shapes)


def _required_shapes(drawn: Shapes) -> Shapes:
    for name, shape in drawn.items():
        if not isinstance(shape, tuple) or not all(isinstance(side, int) for side in shape):
            raise NoShape(
                f"The shape of {name} is drawn as {shape!r}, which is no shape.",
                "function(...) calls with tensors alone: a shape is a tuple of whole numbers, such as (3, 4).",
                "Let a tensor carry the number, in its shape or its elements, or write a Property of your own.",
            )
    return drawn


@st.composite
def operands(
    draw: st.DrawFn,
    shapes: SearchStrategy[Shapes],
    dtypes: Sequence[torch.dtype] = (torch.float64, torch.float32),
    magnitudes: Sequence[float] = MAGNITUDES,
) -> dict[str, torch.Tensor]:
    """A tensor of each shape, all of one dtype: half the time whole numbers, half the time fractions of one magnitude.

    Small ones together with small ones: a product of magnitudes drawn apart would seldom be as small as both allow.
    """
    drawn = draw(shapes_of_tensors(shapes))
    dtype = draw(st.sampled_from(dtypes))
    if draw(st.booleans()):
        magnitude = draw(st.sampled_from(magnitudes))
        return {name: draw(fractions(shape, dtype, (magnitude,))) for name, shape in drawn.items()}
    return {name: draw(integers(shape, dtype)) for name, shape in drawn.items()}


@st.composite
def with_a_zero(draw: st.DrawFn, tensor: torch.Tensor) -> torch.Tensor:
    """The same tensor with a zero in one place."""
    changed = tensor.clone()
    changed.view(-1)[draw(st.integers(0, tensor.numel() - 1))] = 0
    return changed


@st.composite
def views(draw: st.DrawFn, tensor: torch.Tensor, layouts: Sequence[str] = LAYOUTS) -> torch.Tensor:
    """The same shape and dtype, another memory layout: as it is, transposed, strided, offset, or expanded.

    An expanded view repeats the first row (or column) of ``tensor``, so its values differ from ``tensor``'s.
    A tensor with fewer than two dimensions stays as it is.
    """
    layout = draw(st.sampled_from(layouts))
    if layout == "plain" or tensor.dim() < 2:
        return tensor
    if layout == "transposed":
        return tensor.mT.contiguous().mT
    if layout == "strided":
        wide = tensor.new_full((*tensor.shape[:-1], 2 * tensor.shape[-1]), 77.0)
        wide[..., ::2] = tensor
        return wide[..., ::2]
    if layout == "offset":
        padded = tensor.new_full((*tensor.shape[:-2], tensor.shape[-2] + 1, tensor.shape[-1] + 2), 77.0)
        padded[..., 1:, 2:] = tensor
        return padded[..., 1:, 2:]
    dim = draw(st.sampled_from((-1, -2)))
    return tensor.narrow(dim, 0, 1).contiguous().expand(tensor.shape)


@st.composite
def viewed_operands(draw: st.DrawFn, shapes: SearchStrategy[Shapes]) -> dict[str, torch.Tensor]:
    """Operands of which the first has a memory layout of its own, and the others may have."""
    plain = draw(operands(shapes))
    first, *others = plain
    return {first: draw(views(plain[first], LAYOUTS[1:]))} | {name: draw(views(plain[name])) for name in others}


@st.composite
def one_hot(draw: st.DrawFn, shapes: SearchStrategy[Shapes]) -> dict[str, torch.Tensor]:
    """The first operand is an impulse, a single 1 among zeros; the others are small whole numbers."""
    drawn = draw(shapes_of_tensors(shapes))
    first, *others = drawn
    impulse = torch.zeros(math.prod(drawn[first]), dtype=torch.float64)
    impulse[draw(st.integers(0, impulse.numel() - 1))] = 1
    case = {first: impulse.reshape(drawn[first])}
    return case | {name: draw(integers(drawn[name])) for name in others}


@st.composite
def spoiled(draw: st.DrawFn, shapes: SearchStrategy[Shapes]) -> dict[str, torch.Tensor]:
    """The first operand holds one NaN or infinity; no other operand holds a zero, which would turn infinity to NaN."""
    case = draw(operands(shapes, magnitudes=(1.0,)))
    first, *others = case
    for name in others:
        case[name] = torch.where(case[name] == 0, torch.ones_like(case[name]), case[name])
    value = draw(st.sampled_from((math.nan, math.inf, -math.inf)))
    position = draw(st.integers(0, case[first].numel() - 1))
    case[first] = case[first].clone()
    case[first].view(-1)[position] = value
    return case


@st.composite
def too_large_kernels(draw: st.DrawFn, padding: tuple[int, int] = (0, 0)) -> dict[str, torch.Tensor]:
    """X, a kernel K that fits it, and a kernel ``large`` that does not, in height, in width or in both.

    padding: how many zeros there are on each side of X, above and below, left and right: K may fit thanks to them.
    """
    h, w, kh, kw = draw(windows(3, 3))
    kh, kw = (k + draw(st.integers(0, 2 * p)) for k, p in zip((kh, kw), padding, strict=True))
    over_h, over_w = draw(st.sampled_from(((1, 0), (0, 1), (1, 1), (2, 0), (0, 2))))
    large = (h + 2 * padding[0] + over_h if over_h else kh, w + 2 * padding[1] + over_w if over_w else kw)
    return {"X": draw(integers((h, w))), "K": draw(integers((kh, kw))), "large": draw(integers(large))}
