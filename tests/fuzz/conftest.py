"""How many examples each target was given, for the summary of the run."""

from collections.abc import Generator
from functools import wraps
from typing import Any

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Generator[None, Any, Any]:
    """Counts the examples of one claim, and records them for its target: the file that the claim is in."""
    claim = getattr(item.obj, "hypothesis", None)
    if claim is None:
        return (yield)
    tried, executed = claim.inner_test, 0

    @wraps(tried)
    def counted(*arguments: Any, **named: Any) -> Any:
        nonlocal executed
        executed += 1
        return tried(*arguments, **named)

    claim.inner_test = counted
    try:
        return (yield)
    finally:
        claim.inner_test = tried
        item.user_properties.append(("examples", [item.path.stem.removeprefix("test_"), executed]))
