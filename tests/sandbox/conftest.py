"""Fork servers and a way to run cells, shared by the tests of the sandbox."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cells import run_cell

from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.worker import Worker


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Adds a line to the summary of the run: what was counted."""
    return lambda line: record_property("told", line)


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
