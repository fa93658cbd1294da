"""Remembers what was computed from tensors: the oracle's answers to the drawn examples are the same for everybody."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")


class Remembered(Generic[_T]):
    """The latest results, by what they were computed from: the very objects, whatever is in them.

    So nothing has to be compared. Tensors that are computed from must not be changed.
    """

    def __init__(self, most: int) -> None:
        """most: how many results are kept."""
        self._most = most
        # With each result what it was computed from: as long as that is kept, nothing else has its identity.
        self._kept: dict[tuple[int, ...], tuple[tuple[Any, ...], _T]] = {}

    def of(self, origins: tuple[Any, ...], compute: Callable[[], _T]) -> _T:
        """The result for ``origins``, computed if it is not known. What ``compute`` raises is not remembered."""
        key = tuple(map(id, origins))
        known = self._kept.get(key)
        if known is not None:
            return known[1]
        result = compute()
        if len(self._kept) >= self._most:
            del self._kept[next(iter(self._kept))]  # the oldest
        self._kept[key] = (origins, result)
        return result
