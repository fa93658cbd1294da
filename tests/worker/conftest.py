"""A fork server and a way to run cells, shared by the tests of the worker."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.worker import Worker


@dataclass
class Cell:
    """What came of a cell."""

    ok: bool
    events: list[dict[str, Any]] = field(default_factory=list)

    @property
    def result(self) -> str:
        """The text of the last expression."""
        return next(event["data"]["text/plain"] for event in self.events if event["output"] == "execute_result")

    @property
    def error(self) -> str:
        """The name of the exception."""
        return next(event["ename"] for event in self.events if event["output"] == "error")


def run_cell(worker: Worker, source: str, *, time_limit_s: float = 30.0, **fields: Any) -> Cell:
    events: list[dict[str, Any]] = []
    message = {"do": "cell", "source": source, **fields}
    reply, _ = worker.request(message, time_limit_s=time_limit_s, on_event=events.append)
    return Cell(reply["ok"], events)


@pytest.fixture(scope="session")
def fork_server() -> Iterator[ForkServer]:
    with ForkServer() as server:
        yield server


@pytest.fixture
def worker(fork_server: ForkServer) -> Iterator[Worker]:
    with fork_server.worker() as worker:
        yield worker


@pytest.fixture(name="run_cell")
def run_cell_fixture() -> Any:
    return run_cell
