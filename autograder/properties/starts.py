"""How a layer's parameters start: complaints about the start values of two layers that were made alike."""

from collections.abc import Callable

import torch

# Of so many numbers from torch.rand, all lie above 0.1, or all below 0.9, once in 10^45 times.
MANY = 1000
SPREAD = "values from torch.rand, spread over all of [0, 1)"
ANEW = "random values, drawn anew for every layer"

Start = Callable[[torch.Tensor, torch.Tensor], str]


def uniform(first: torch.Tensor, second: torch.Tensor) -> str:
    """Complaint about start values that torch.rand would not give to two layers; empty when there is none."""
    both = torch.cat([first.reshape(-1), second.reshape(-1)])
    if not bool(((both >= 0) & (both < 1)).all()):
        return "values from torch.rand, all in [0, 1)"
    if torch.equal(first, second) or (first.numel() > 1 and bool((first == first.reshape(-1)[0]).all())):
        return ANEW
    if both.numel() >= MANY and not (float(both.min()) < 0.1 and float(both.max()) > 0.9):
        return SPREAD
    return ""


def zeros(first: torch.Tensor, second: torch.Tensor) -> str:
    """Complaint about start values that are not zero; empty when there is none."""
    return "zeros" if bool(first.any()) or bool(second.any()) else ""


def drawn_anew(first: torch.Tensor, second: torch.Tensor) -> str:
    """Complaint about start values that are no random numbers of each layer's own; empty when there is none."""
    alike = first.numel() > 1 and bool((first == first.reshape(-1)[0]).all())
    return ANEW if alike or torch.equal(first, second) else ""
