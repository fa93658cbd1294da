"""Says what this machine can do: isolation, devices, limits, and whether a worker really starts."""

import platform
import time

import torch

from autograder.errors import AutograderError
from autograder.properties.limits import SubmissionLimits
from autograder.sandbox.cgroup import VARIABLE, Cgroups, CgroupUnusable
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import Isolation, Method, probe_isolation
from autograder.sandbox.outcomes import WorkerLost


def diagnosis() -> tuple[bool, list[str]]:
    """Whether grading is safe and works here, and what to tell: one line each."""
    isolation, limits = probe_isolation(), SubmissionLimits()
    lines = [
        f"system: {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, PyTorch {torch.__version__}",
        *isolation.describe(),
        f"control group: {_control_group(isolation)}",
        f"device: {_device()}",
        f"limits, unless an assignment sets others: {limits.cell_s:g} s a cell, {limits.property_s:g} s a property, "
        f"{limits.submission_s:g} s a submission, {limits.memory_mb / 1000:g} GB of memory, {limits.folder_mb} MiB of "
        f"files, {limits.output_mb} MiB of output a cell",
    ]
    if not isolation.safe:
        return False, [*lines, "grading: refused, because a submission could not be kept from harm"]
    try:
        lines.append(_try_a_worker())
    except (AutograderError, WorkerLost) as error:
        return False, [*lines, f"grading: does not work here: {error}"]
    return True, lines


def _control_group(isolation: Isolation) -> str:
    try:
        cgroups = Cgroups.given()
        if cgroups is None:
            return f"none, resource limits alone (name one made for the grader in {VARIABLE} for more)"
        if isolation.method is not Method.LANDLOCK:
            return "none, as workers under bubblewrap cannot join one"
        return f"bounds a worker's {cgroups.describe()} as a whole"
    except CgroupUnusable as error:
        return str(error)


def _device() -> str:
    """What properties that ask for a GPU are graded on: the pretend accelerator, whatever the machine has."""
    if torch.cuda.is_available():
        gpu = torch.cuda.get_device_name()
        return f"a pretend accelerator on the CPU; grading does not use the GPU that is here, {gpu}, yet"
    return "no GPU; a pretend accelerator stands in for it"


def _try_a_worker() -> str:
    with ForkServer() as server:
        with server.worker() as worker:
            worker.request({"do": "cell", "source": "1 + 1"}, time_limit_s=20)
        started = time.perf_counter()
        server.worker().close()
        return f"grading: works; a worker starts in {1000 * (time.perf_counter() - started):.0f} ms"
