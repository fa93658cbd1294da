"""Fork servers and a way to run cells, shared by the tests of the sandbox."""

from collections.abc import Iterator
from typing import Any

import pytest
from cells import run_cell

from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.worker import Worker


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
