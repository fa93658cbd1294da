"""The settings of a grading run that reach through nbgrader to the plug-in, which nbgrader itself makes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from autograder.probe.devices import Preference


@dataclass(frozen=True)
class GradingSettings:
    """seed: None means the course's own. device: where properties that ask for one run. isolate: False only by word."""

    seed: int | None = None
    device: Preference = "cpu"
    isolate: bool = True


_DEFAULTS = GradingSettings()
_CURRENT: ContextVar[GradingSettings] = ContextVar("grading_settings", default=_DEFAULTS)


def current() -> GradingSettings:
    """The settings of the run in progress; nbgrader's own commands have the defaults."""
    return _CURRENT.get()


@contextmanager
def grading_with(settings: GradingSettings) -> Iterator[None]:
    """Within the block, ``settings`` are the current ones."""
    token = _CURRENT.set(settings)
    try:
        yield
    finally:
        _CURRENT.reset(token)
