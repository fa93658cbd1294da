"""One linear piece of a network: there it is a sum of products, and so its gradients have an error bound.

ReLUs and maxima choose: whether a number goes on, and which one of several. As long as every choice stays as it is at
a point, a network of convolutions and dense layers is a polynomial in its input and its parameters, and what
:mod:`autograder.properties.tolerance` says of sums of products holds for it and for its gradients: with M the same
polynomial of the absolute values, and n the numbers that are added along one path through the layers, rounding moves
a number by at most gamma_n · M.

A right answer makes the same choices when none is close: where no number before a ReLU, and no lead of a maximum over
the next one, is within the bound of what rounding may do to it. Layer by layer, then: the choices before a layer being
the same, the bound holds for what comes into it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch

from autograder.properties.tolerance import Expected

# A network as a function of its operands, in which ReLU and max-pooling are what they are said to be.
Network = Callable[..., torch.Tensor]


@dataclass
class _Choices:
    """The choices of a first pass, made again in a second one, in which the numbers are magnitudes."""

    dtype: torch.dtype
    terms: int
    close: bool = False
    _made: list[tuple[torch.Tensor, torch.Tensor]] = field(default_factory=list)
    _again: int | None = None

    def repeat(self) -> None:
        self._again = 0

    def relu(self, x: torch.Tensor) -> torch.Tensor:
        """The positive elements, and 0 in place of the others."""
        return x * self._choice(x, lambda: ((x > 0).to(x.dtype), x.abs()))

    def max_pool2d(self, x: torch.Tensor, side: int) -> torch.Tensor:
        """The largest element of each window, side by side. x: (n, c, h, w), of no negative elements."""
        windows = x.unfold(2, side, side).unfold(3, side, side).flatten(-2)

        def largest() -> tuple[torch.Tensor, torch.Tensor]:
            best, second = windows.topk(2, dim=-1).values.unbind(-1)
            # where all are 0, no gradient goes on to where they come from, whichever is chosen
            return windows.argmax(-1, keepdim=True), torch.where(best > 0, best - second, torch.inf)

        place = self._choice(2 * windows.amax(-1), largest)
        return windows.gather(-1, place).squeeze(-1)

    def _choice(self, numbers: torch.Tensor, choose: Callable[[], tuple[torch.Tensor, torch.Tensor]]) -> torch.Tensor:
        if self._again is None:
            with torch.no_grad():
                self._made.append(choose())
            return self._made[-1][0]
        chosen, lead = self._made[self._again]
        self._again += 1
        bound = Expected(lead, numbers.detach(), self.terms).tolerance(self.dtype)
        self.close |= not bool((lead > bound).all())
        return chosen


def pull_back(
    network: Network, operands: Sequence[torch.Tensor], upstream: torch.Tensor, terms: int, dtype: torch.dtype
) -> tuple[list[Expected], bool]:
    """The gradient of (output · upstream).sum() for each operand, and whether a choice is close in ``dtype``.

    terms: the numbers that are added along a path through all layers and back, at most. All elements of a gradient have
    the largest one's magnitude: a layer that convolves by Fourier transforms spreads its errors over all of them, those
    included that are 0 because pooling drops their pixels.
    """
    choices = _Choices(dtype, terms)

    def pulled(operands: Sequence[torch.Tensor], gradient: torch.Tensor) -> tuple[torch.Tensor, ...]:
        leaves = [operand.requires_grad_() for operand in operands]
        with torch.enable_grad():
            output = network(*leaves, relu=choices.relu, max_pool2d=choices.max_pool2d)
        return torch.autograd.grad(output, leaves, gradient)

    values = pulled([operand.double().clone() for operand in operands], upstream.double())
    choices.repeat()
    magnitudes = pulled([operand.double().abs() for operand in operands], upstream.double().abs())
    largest = [magnitude.amax().expand_as(magnitude) for magnitude in magnitudes]
    return [Expected(*pair, terms) for pair in zip(values, largest, strict=True)], choices.close
