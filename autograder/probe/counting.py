"""Counts the operations that code has PyTorch do.

What is counted here is what this process says of itself, as all that the probe reports besides values: the judge takes
it for a finding only where the values that came with it are right, and gradients flow through them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

# What @, matmul, mm, einsum, tensordot and F.linear come down to.
MATRIX_PRODUCTS = frozenset(
    f"aten::{name}" for name in ("mm", "addmm", "bmm", "baddbmm", "addbmm", "mv", "addmv", "dot", "vdot", "linear")
)
# Stands among the counts, and is none of an operation: a product that is there to be seen multiplies next to nothing.
MULTIPLICATIONS = "multiplications in matrix products"


class _Counting(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Counts each operation as it is dispatched, below autograd: of those that are made of others, the others."""

    def __init__(self, seen: Counter[str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._seen = seen

    def __torch_dispatch__(
        self,
        func: torch._ops.OpOverload,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        name = func._schema.name
        self._seen[name] += 1
        if name in MATRIX_PRODUCTS:
            self._seen[MULTIPLICATIONS] += _multiplications(name, args)
        return func(*args, **(kwargs or {}))


def _multiplications(name: str, args: tuple[Any, ...]) -> int:
    """How many numbers a matrix product multiplies with each other."""
    tensors = [one for one in args if isinstance(one, torch.Tensor)]
    if name == "aten::linear":
        return tensors[0].numel() * tensors[1].shape[0]
    first, second = tensors[-2:]  # before them there may be what is added
    return first.numel() * (second.shape[-1] if second.dim() > 1 else 1)


@contextmanager
def counting(wanted: bool) -> Iterator[Mapping[str, int]]:
    """Yields how often each operation has been dispatched in the block, by names such as "aten::mm", once it has ended.

    Under MULTIPLICATIONS stands how many there are in the matrix products, if there are any.

    wanted: whether to count at all; what is yielded stays empty otherwise.
    """
    seen: Counter[str] = Counter()
    if not wanted:
        yield seen
        return
    with _Counting(seen):
        yield seen
