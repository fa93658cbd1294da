"""The cases that a property is asked on: drawn by Hypothesis from a seed, the same for everybody and on every run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from unittest import mock

import hypothesis
import torch
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.internal.cache import LRUCache
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from hypothesis.strategies import SearchStrategy

from autograder.probe.steps import Batch
from autograder.properties.property import Property
from autograder.properties.strategies import Case

# The constants that Hypothesis may draw by itself, apart from those that it remembers of other tests in this process.
_CONSTANTS_CACHE: LRUCache[Any, Any] = LRUCache(1024)


@dataclass(frozen=True)
class Drawn:
    """A property and the cases that every submission is asked.

    wanted: how many cases were asked for. There are fewer where the strategy has no more to give.
    """

    property: Property
    cases: tuple[Case, ...]
    seed: int
    wanted: int

    @cached_property
    def batch(self) -> Batch:
        """What is asked of every submission."""
        return Batch(tuple(self.property.probe(case) for case in self.cases))


def draw(item: Property, seed: int, examples: int | None = None) -> Drawn:
    """The property's cases for a seed: the same on every run."""
    cases: list[Case] = []
    wanted = examples or item.examples
    run_cases(item, seed, wanted, cases.append, (Phase.generate,))
    return Drawn(item, tuple(cases), seed, wanted)


def run_cases(
    item: Property, seed: int, examples: int, body: Callable[[Case], None], phases: tuple[Phase, ...]
) -> None:
    """Let Hypothesis call ``body`` with the property's cases, and with smaller ones where that is one of the phases."""

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )
    @hypothesis.given(_on_cpu(item.strategy))
    def test(case: Any) -> None:
        body(case)

    with _nothing_local():
        test()


@contextmanager
def _nothing_local() -> Iterator[None]:
    """Keeps Hypothesis from mixing constants of whatever modules are loaded, or were, into its examples.

    It would draw other cases in a notebook than in a grading run, and others tomorrow than today.
    """
    with (
        mock.patch.object(providers, "_get_local_constants", Constants),
        mock.patch.object(providers, "CONSTANTS_CACHE", _CONSTANTS_CACHE),
    ):
        yield


@st.composite
def _on_cpu(draw: st.DrawFn, strategy: SearchStrategy[Any]) -> Any:
    """Draws on the CPU, whatever the notebook's default device is."""
    with torch.device("cpu"):
        return draw(strategy)
