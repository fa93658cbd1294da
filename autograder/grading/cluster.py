"""Graders on other machines: the workers of a Dask cluster, each of which is made ready before it is given work.

Nothing is shared but the scheduler's address. What grading needs travels once to each worker, with a plug-in of Dask's;
a submission travels with its task. A worker that may be given work says so by a resource of its own: so those that
cannot isolate submissions get none, those that join later are made ready first, and each grades one at a time. What a
lost worker was doing is done by another.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from distributed import Client, Worker, WorkerPlugin
from distributed.comm.addressing import get_address_host_port

from autograder.errors import AutograderError, UsageError
from autograder.grading import grader
from autograder.grading.graders import UNDER_WAY, Graders
from autograder.grading.order import Order, code_digest
from autograder.grading.ungraded import told

_CONNECT_S = 10.0
_READY_S = 180.0
# A lost worker is replaced within seconds where somebody looks after that.
_DESERTED_S = 60.0
_LOOK_S = 1.0


class ClusterUnusable(AutograderError):
    """The cluster cannot grade, or can no longer."""


class _Ready(WorkerPlugin):
    """Makes a worker ready for an order; from then on it has the order's resource, or the reason why it has not."""

    def __init__(self, order: Order) -> None:
        self.name = _name(order)
        self._order = order
        self.trouble = ""
        self.is_ready = False

    async def setup(self, worker: Worker) -> None:
        """Takes seconds, in which the worker goes on answering the scheduler."""
        try:
            if code_digest() != self._order.code:
                raise ClusterUnusable(
                    "Its autograder is not the one that this run was started with.", "Marks could differ."
                )
            await asyncio.get_running_loop().run_in_executor(None, grader.prepare, self._order)
        except Exception as error:
            self.trouble = str(told(error))
            return
        self.is_ready = True
        await worker.set_resources(**{self.name: 1})

    async def teardown(self, worker: Worker) -> None:
        """The worker is as it was before."""
        if self.is_ready:
            await worker.set_resources(**{self.name: 0})
        await asyncio.get_running_loop().run_in_executor(None, grader.dismiss)


@contextmanager
def cluster_graders(order: Order, address: str, warn: Callable[[str], None]) -> Iterator[Graders]:
    """Graders on the workers of the cluster whose scheduler is at ``address``, such as ``tcp://10.0.0.1:8786``.

    ``warn`` hears of workers that are given no work, and why. Raises UsageError when nobody answers there,
    ClusterUnusable when no worker can grade.
    """
    with _connected(address) as client:
        _require_workers(client, address)
        client.register_plugin(_Ready(order))
        try:
            for worker, trouble in _require_ready(client, order).items():
                warn(f"{worker} is given no work. {trouble}")
            with client.get_executor(pure=False, resources={_name(order): 1}) as executor:
                watch = _Watch(client, order)
                yield Graders(executor, order.digest, watch.under_way, watch.require)
                executor.shutdown(wait=False)
        finally:
            if client.status == "running":
                client.unregister_worker_plugin(_name(order))


class _Watch:
    """Knows how many workers can grade, and since when there has been none."""

    def __init__(self, client: Client, order: Order) -> None:
        self._client, self._resource = client, _name(order)
        self._seen = time.monotonic()

    def under_way(self) -> int:
        """How many parcels keep all of them busy."""
        return UNDER_WAY * max(1, self._ready())

    def require(self) -> None:
        """Raises ClusterUnusable when nobody has been there for too long."""
        if self._ready():
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > _DESERTED_S or self._client.status != "running":
            raise ClusterUnusable(
                f"For {_DESERTED_S:g} s the cluster has had no worker that can grade, or its scheduler is gone.",
                "What was graded is in the gradebook.",
                "Start workers, and this command again: it goes on where it stopped.",
            )

    def _ready(self) -> int:
        if self._client.status != "running":
            return 0
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        return sum(bool(worker["resources"].get(self._resource)) for worker in workers)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        get_address_host_port(address)  # a client that cannot be made leaves a traceback behind when it is collected
        client = Client(address, timeout=_CONNECT_S, set_as_default=False, name="autograder")
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {address}.",
            f"{error}.",
            "Start one with `dask scheduler`, and give the address that it prints: --scheduler tcp://HOST:8786.",
        ) from error
    try:
        yield client
    finally:
        client.close()


def _require_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_CONNECT_S)
    except TimeoutError as error:
        raise ClusterUnusable(
            f"The cluster at {address} has no workers.",
            f"None joined within {_CONNECT_S:g} s.",
            f"Start some where autograder is installed: `dask worker {address} --nworkers auto --nthreads 1`.",
        ) from error


def _require_ready(client: Client, order: Order) -> dict[str, str]:
    """Waits until every worker is ready or has said why it is not; the latter. Raises ClusterUnusable if none is."""
    deadline = time.monotonic() + _READY_S
    while True:
        states = client.run(_state, _name(order), on_error="ignore")
        if any(ready for ready, _ in states.values()) or time.monotonic() > deadline:
            break
        if states and all(trouble for _, trouble in states.values()):
            break
        time.sleep(_LOOK_S)
    troubles = {worker: trouble for worker, (_, trouble) in states.items() if trouble}
    if not any(ready for ready, _ in states.values()):
        reasons = " ".join(dict.fromkeys(troubles.values())) or f"None was ready within {_READY_S:g} s."
        raise ClusterUnusable("No worker of the cluster can grade.", reasons, "Put that right and start this again.")
    return troubles


def _state(name: str, dask_worker: Any) -> tuple[bool, str]:
    """In a worker, which Dask passes: whether it is ready for an order, and if not, what is in the way."""
    plugin = dask_worker.plugins.get(name)
    return (plugin.is_ready, plugin.trouble) if isinstance(plugin, _Ready) else (False, "")


def _name(order: Order) -> str:
    return f"autograder-{order.digest[:16]}"
