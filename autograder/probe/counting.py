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
        self._seen[func._schema.name] += 1
        return func(*args, **(kwargs or {}))


@contextmanager
def counting(wanted: bool) -> Iterator[Mapping[str, int]]:
    """Yields how often each operation has been dispatched in the block, by names such as "aten::mm", once it has ended.

    wanted: whether to count at all; what is yielded stays empty otherwise.
    """
    seen: Counter[str] = Counter()
    if not wanted:
        yield seen
        return
    with _Counting(seen):
        yield seen
