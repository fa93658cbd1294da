"""Fork servers and a way to run cells, shared by the tests of the sandbox."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cells import run_cell

from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.worker import Worker

_TOLD = pytest.StashKey[list[str]]()


@pytest.fixture
def tell(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Adds a line to the summary of the run: what was counted."""
    return pytestconfig.stash.setdefault(_TOLD, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints what was told."""
    for line in config.stash.get(_TOLD, []):
        terminalreporter.write_line(line)


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
