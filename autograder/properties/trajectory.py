"""Gradient descent on a convolutional layer: the closed form of its trajectory, and runs to ask of a loop.

With A the matrix of X's windows, one in each row, and w the kernel, the summed squared error is |A·w - y|². Its
gradient is 2·Aᵀ(A·w - y), so a step of gradient descent is w <- w - lr·2·Aᵀ(A·w - y). With H = 2·AᵀA the error obeys
e' = (I - lr·H)·e, and converges if and only if 0 < lr < 2/lambda_max(H).
"""

import math
from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st
from torch.nn import functional as F

from autograder.properties import strategies

LARGEST_STEPS = 6


@dataclass(frozen=True)
class Trajectory:
    """Gradient descent on the summed squared error.

    losses: the loss before each step. kernel: the last kernel, (1, 1, kh, kw). bias: the last bias, (1,), or None.
    """

    losses: tuple[float, ...]
    kernel: torch.Tensor
    bias: torch.Tensor | None = None


def trajectory(
    kernel: torch.Tensor, X: torch.Tensor, Y: torch.Tensor, lr: float, steps: int, bias: torch.Tensor | None = None
) -> Trajectory:
    """The exact run, in float64: kernel (1, 1, kh, kw), X (n, 1, h, w), Y (n, 1, oh, ow), bias (1,) or None."""
    windows = _windows(X, tuple(kernel.shape[-2:]), bias is not None)
    parameters = kernel.reshape(-1) if bias is None else torch.cat([kernel.reshape(-1), bias])
    losses = []
    for _ in range(steps):
        error = windows @ parameters - Y.reshape(-1)
        losses.append(float(error @ error))
        parameters = parameters - lr * 2 * windows.mT @ error
    weight = parameters[: kernel.numel()].reshape(kernel.shape)
    return Trajectory(tuple(losses), weight, None if bias is None else parameters[-1:])


def _windows(X: torch.Tensor, kernel_size: tuple[int, ...], with_bias: bool) -> torch.Tensor:
    """A, with a window of X (n, 1, h, w) in each row; a bias is the weight of one more input, which is always 1."""
    windows = F.unfold(X, kernel_size).mT.reshape(-1, math.prod(kernel_size))
    return torch.cat([windows, windows.new_ones(len(windows), 1)], dim=1) if with_bias else windows


@st.composite
def runs(draw: st.DrawFn, stale: bool = False, with_bias: bool = False) -> dict[str, Any]:
    """A training run that converges: start kernel W, images X, targets Y, lr and num_steps.

    ``stale``: with a leftover gradient of that name. ``with_bias``: of a layer that has a bias, which starts as b.
    """
    n = draw(st.integers(1, 2))
    h, w, kh, kw = draw(strategies.windows(3, 3))
    X = draw(strategies.integers((n, 1, h, w), largest=3))
    X.view(-1)[0] = 1  # an image of zeros would teach nothing
    W = draw(strategies.fractions((1, 1, kh, kw), torch.float64, (0.1,)))
    Y = draw(strategies.integers((n, 1, h - kh + 1, w - kw + 1), largest=3))
    windows = _windows(X, (kh, kw), with_bias)
    largest = float(torch.linalg.eigvalsh(2 * windows.mT @ windows)[-1])
    # rounded to two digits for the reader of a counterexample; by 5 % at most, so that 1.6 stays below the limit of 2
    lr = float(f"{draw(st.integers(1, 16)) / 10 / largest:.2g}")
    case = {"W": W, "X": X, "Y": Y, "lr": lr, "num_steps": draw(st.integers(1, LARGEST_STEPS))}
    case |= {"b": draw(strategies.fractions((1,), torch.float64, (0.1,)))} if with_bias else {}
    return case | ({"stale": draw(strategies.integers((1, 1, kh, kw), largest=5))} if stale else {})
