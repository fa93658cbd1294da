"""Runs a cell in a worker and says what came of it."""

from dataclasses import dataclass, field
from typing import Any

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
