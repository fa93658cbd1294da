"""Counts the seconds that calls take."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any


def counting(spent: Counter[str], part: Callable[..., str], function: Callable[..., Any]) -> Callable[..., Any]:
    """``function``, with the seconds of each call added in ``spent``, to what ``part`` says of its arguments."""

    def call(*args: Any, **kwargs: Any) -> Any:
        started = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            spent[part(*args, **kwargs)] += time.perf_counter() - started

    return call
