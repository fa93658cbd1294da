"""A wrongly answered example to look at: its operands, the answer and the right one, as small grids of numbers."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import torch

from autograder.results import Grid

Compute = Callable[[Mapping[str, torch.Tensor]], torch.Tensor]
LARGEST_SIDE = 9  # a grid with a longer side is no longer looked at, only scrolled


def answer_grids(
    computed: Compute,
    operands: Mapping[str, torch.Tensor],
    got: torch.Tensor | None,
    want: torch.Tensor,
    wrong: tuple[int, ...] | None,
) -> tuple[Grid, ...]:
    """The operands, then got, want and their difference around the element ``wrong``; operands alone without ``got``.

    In tensors of more than two dimensions only the slice with that element is shown, and of an operand the first
    slice that the element is computed from and that is not all zeros.
    """
    taking_part = _taking_part(computed, operands, wrong)
    grids = [grid(name, tensor, None, taking_part.get(name)) for name, tensor in operands.items() if tensor.dim()]
    if got is not None and got.shape == want.shape:
        grids += comparison_grids("got", got, "want", want, wrong)
    else:
        # Of equal numbers in other shapes only the shapes show what is wrong.
        shown = [("got", got)] if got is not None and got.dim() else []
        grids += [_with_shape(grid(name, tensor), tensor) for name, tensor in (*shown, ("want", want))]
    return fitting(grids)


def _with_shape(shown: Grid, tensor: torch.Tensor) -> Grid:
    return replace(shown, name=f"{shown.name}, shape {tuple(tensor.shape)}")


def comparison_grids(
    name: str, got: torch.Tensor, want_name: str, want: torch.Tensor, wrong: tuple[int, ...] | None
) -> list[Grid]:
    """Got, want and their difference, with the wrong element marked."""
    return [
        grid(name, got, wrong),
        grid(want_name, want, wrong),
        grid("difference", got.double() - want.double(), wrong),
    ]


def fitting(grids: list[Grid]) -> tuple[Grid, ...]:
    """The grids that are small enough to look at, and not empty."""
    return tuple(grid for grid in grids if 0 < len(grid.rows) <= LARGEST_SIDE and 0 < len(grid.rows[0]) <= LARGEST_SIDE)


def _taking_part(
    computed: Compute, operands: Mapping[str, torch.Tensor], wrong: tuple[int, ...] | None
) -> dict[str, torch.Tensor]:
    """For each operand a mask of the elements that the output's element ``wrong`` is a sum of products of."""
    if wrong is None:
        return {}
    leaves = {name: torch.ones_like(tensor, dtype=torch.float64).requires_grad_() for name, tensor in operands.items()}
    with torch.enable_grad():
        element = computed(leaves)[wrong]
    gradients = torch.autograd.grad(element, list(leaves.values()), allow_unused=True)
    return {name: gradient != 0 for name, gradient in zip(leaves, gradients, strict=True) if gradient is not None}


def grid(
    name: str,
    tensor: torch.Tensor,
    wrong: tuple[int, ...] | None = None,
    mask: torch.Tensor | None = None,
) -> Grid:
    """A tensor as a grid, or the slice of it with the element ``wrong``; ``mask``: what that is computed from."""
    tensor = tensor.detach().double()
    while tensor.dim() < 2:
        tensor, mask = tensor[None], mask if mask is None else mask[None]
        wrong = (0, *wrong) if wrong is not None else None
    leading = _slice(tensor, wrong, mask)
    if leading:
        name = f"{name}[{', '.join(str(index) for index in leading)}]"
    window = () if mask is None or bool(mask.all()) else tuple((int(i), int(j)) for i, j in mask[leading].nonzero())
    place = None if wrong is None else (wrong[-2], wrong[-1])
    return Grid(name, tuple(tuple(row) for row in tensor[leading].tolist()), place, window)


def _slice(tensor: torch.Tensor, wrong: tuple[int, ...] | None, mask: torch.Tensor | None) -> tuple[int, ...]:
    """The leading indices of the two-dimensional slice to show."""
    count = tensor.dim() - 2
    if wrong is not None:
        return wrong[:count]
    telling = tensor != 0 if mask is None else mask & (tensor != 0)
    places = telling.nonzero() if bool(telling.any()) else torch.zeros(1, tensor.dim(), dtype=torch.int64)
    return tuple(int(index) for index in places[0][:count])
