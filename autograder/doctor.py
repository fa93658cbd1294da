"""Says what this machine can do: isolation, devices, limits, and whether a worker really starts."""

import platform
import time

import torch

from autograder.errors import AutograderError
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import probe_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import WorkerLost


def diagnosis() -> tuple[bool, list[str]]:
    """Whether grading is safe and works here, and what to tell: one line each."""
    isolation, limits = probe_isolation(), Limits()
    lines = [
        f"system: {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, PyTorch {torch.__version__}",
        *isolation.describe(),
        f"device: {_device()}",
        f"limits: {limits.cpu_s} s of processor time, {limits.memory_bytes / 1e9:.1f} GB of memory, "
        f"{limits.file_bytes >> 20} MiB a file, {limits.event_bytes >> 20} MiB of output a cell",
    ]
    if not isolation.safe:
        return False, [*lines, "grading: refused, because a submission could not be kept from harm"]
    try:
        lines.append(_try_a_worker())
    except (AutograderError, WorkerLost) as error:
        return False, [*lines, f"grading: does not work here: {error}"]
    return True, lines


def _device() -> str:
    return (
        torch.cuda.get_device_name() if torch.cuda.is_available() else "no GPU; a pretend accelerator stands in for it"
    )


def _try_a_worker() -> str:
    with ForkServer() as server:
        with server.worker() as worker:
            worker.request({"do": "cell", "source": "1 + 1"}, time_limit_s=20)
        started = time.perf_counter()
        server.worker().close()
        return f"grading: works; a worker starts in {1000 * (time.perf_counter() - started):.0f} ms"
