"""Lends a student's namespace working answers to earlier questions, so that a later question stands on its own."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any


@contextmanager
def lent(source: str, namespace: MutableMapping[str, Any]) -> Iterator[None]:
    """Within the block ``namespace`` holds what ``source`` defines; then it is as before.

    ``source`` is the assignment's own code; what it raises is passed on.
    """
    if not source:
        yield
        return
    before = dict(namespace)
    try:
        exec(compile(source, "<lent>", "exec"), namespace)  # type: ignore[arg-type]
        yield
    finally:
        for name in set(namespace) - set(before):
            del namespace[name]
        namespace.update(before)
