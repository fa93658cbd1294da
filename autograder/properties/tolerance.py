"""How close is close: the error bound that every right algorithm keeps, whatever order it adds in.

With n terms, u = eps/2 and gamma_n = n·u / (1 - n·u), any order of summation of products obeys
|error| <= gamma_n · S, where S is the sum of the products' absolute values (Higham, *Accuracy and Stability of
Numerical Algorithms*, 2nd ed., section 3.1). One more rounding allows for a cast at the end, the factor 2 for the
oracle's side, and the last term for results so small that they are rounded to a multiple of the smallest number.
"""

import math
from dataclasses import dataclass

import torch

# Van Loan's bound for a transform of N points, in units of u·log2(N) (Higham, section 24.1); three transforms and a
# product make a cross-correlation by FFT.
FFT_FACTOR = 4 * 0.51
HALF_TYPES = (torch.float16, torch.bfloat16)


@dataclass(frozen=True)
class Expected:
    """What a right answer is, in float64, and what its error bound is made of.

    value: the exact output, any shape. magnitude: S, the same shape. terms: n, the largest number of products added
    for one output. norm: the product of the Euclidean norms of the operands that are multiplied, or 0 where a
    transform is no way to compute it. points: how many points such a transform has.
    """

    value: torch.Tensor
    magnitude: torch.Tensor
    terms: int
    norm: float = 0.0
    points: int = 1

    def tolerance(self, dtype: torch.dtype) -> torch.Tensor:
        """The elementwise bound for an answer computed in ``dtype``; float64, the shape of ``value``."""
        limits = torch.finfo(dtype)
        unit = (self.terms + 1) * limits.eps / 2
        gamma = unit / (1 - unit) if unit < 1 else math.inf
        return 2 * gamma * self.magnitude + 2 * self.terms * limits.smallest_normal

    def norm_tolerance(self, dtype: torch.dtype) -> torch.Tensor:
        """The bound on every element for an answer computed by Fourier transforms in ``dtype``; float64.

        PyTorch has no transforms in the half types on the CPU: they are made in float32, and the result is rounded.
        """
        precise = torch.float32 if dtype in HALF_TYPES else dtype
        bound = FFT_FACTOR * torch.finfo(precise).eps / 2 * math.log2(max(2, self.points)) * self.norm
        rounding = self.tolerance(dtype) if dtype in HALF_TYPES else torch.zeros_like(self.value)
        return bound + rounding

    def worst(self, got: torch.Tensor, dtype: torch.dtype) -> tuple[int, ...] | None:
        """The index of the element furthest outside the bound, or None when ``got`` is right.

        ``got`` is float64 and has the shape of ``value``. An infinite or NaN element is outside every bound.
        """
        error = (got - self.value).abs()
        bound = self.tolerance(dtype)
        outside = ~(error <= bound)
        if not outside.any() or (self.norm and bool((error <= self.norm_tolerance(dtype)).all())):
            return None
        excess = torch.where(outside, (error / bound).nan_to_num(nan=math.inf, posinf=math.inf), 0)
        return tuple(int(index) for index in torch.unravel_index(excess.argmax(), got.shape))


def working_dtype(inputs: torch.dtype, output: torch.dtype) -> torch.dtype:
    """The precision that an answer is held to: that of its inputs, or float32 where it answers in float32.

    So an answer in the wrong floating type may still have right values; its type is another property's business.
    """
    if inputs == torch.float64 and output == torch.float32:
        return torch.float32
    return inputs
