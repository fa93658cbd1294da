"""A large class graded from beginning to end: does a submission cost at the end what it cost at the beginning?

    python -m benchmarks.growth --students 400 --plot docs/images/growth.svg

Grades a class on every core, and looks every few seconds at how far it is, at the memory that its processes have for
themselves alone, and at the size of the gradebook. Prints a table by tenths of the class. ``--one-question`` grades an
assignment of a single question, which costs less, so that a class of ten thousand is done within hours.
"""

import argparse
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.classes import ASSIGNMENT, ONE_QUESTION, make_course, make_small_course, solved
from benchmarks.commands import ROOT, environment, graded_so_far

LOOK_S = 5.0
PARTS = 10
_MIB = 1 << 20


@dataclass(frozen=True)
class Sample:
    """One look at a run. seconds: since its start. done: submissions whose marks are in. Sizes in MiB.

    graders_mib: all processes but the writer together. worker_mib: the largest worker, beside what it shares with the
    fork server that it comes from.
    """

    seconds: float
    done: int
    writer_mib: float
    graders_mib: float
    worker_mib: float
    gradebook_mib: float


def graded(course: Path, assignment: str) -> Iterator[Sample]:
    """Grade the course's class; what is seen on the way. Stops the benchmark when the command fails."""
    command = [sys.executable, "-m", "autograder", "grade", assignment]
    started = time.perf_counter()
    with (course / "grade.log").open("wb") as log:
        run = psutil.Popen(command, cwd=course, env=environment(), stdout=log, stderr=log)
        while run.poll() is None:
            yield look(course, assignment, run, time.perf_counter() - started)
            try:
                run.wait(LOOK_S)
            except psutil.TimeoutExpired:
                continue
    if run.returncode:
        sys.exit((course / "grade.log").read_text(errors="replace")[-2000:])
    yield look(course, assignment, None, time.perf_counter() - started)


def look(course: Path, assignment: str, run: psutil.Process | None, seconds: float) -> Sample:
    """How a run stands; without ``run``, when it is over."""
    done = graded_so_far(course, assignment)
    gradebook = course / "gradebook.db"
    size = gradebook.stat().st_size if gradebook.exists() else 0
    graders = [] if run is None else run.children()
    servers = _children(graders)
    workers = [_unique_mib(worker) for worker in _children(servers)]
    others = sum(_unique_mib(process) for process in (*graders, *servers)) + sum(workers)
    own = 0.0 if run is None else _unique_mib(run)
    return Sample(seconds, done, own, others, max(workers, default=0.0), size / _MIB)


def _children(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    found = []
    for process in processes:
        with suppress(psutil.Error):
            found += process.children()
    return found


def _unique_mib(process: psutil.Process) -> float:
    """Memory that no other process shares; 0 once the process is gone."""
    try:
        return float(process.memory_full_info().uss) / _MIB
    except psutil.Error:
        return 0.0


def by_parts(samples: Sequence[Sample], students: int) -> Iterator[tuple[int, float, Sample]]:
    """For each tenth of the class: how many are done, seconds for each submission in it, and the sample at its end."""
    before = next(sample for sample in samples if sample.done)  # until then it makes itself ready
    for part in range(1, PARTS + 1):
        end = next((sample for sample in samples if sample.done >= students * part / PARTS), samples[-1])
        if end.done > before.done:
            yield end.done, (end.seconds - before.seconds) / (end.done - before.done), end
            before = end


def plot(samples: Sequence[Sample], path: Path) -> None:
    """Submissions, memory and the gradebook over time."""
    from matplotlib import pyplot

    minutes = [sample.seconds / 60 for sample in samples]
    figure, (above, below) = pyplot.subplots(2, 1, figsize=(7, 5), sharex=True, layout="constrained")
    above.plot(minutes, [sample.done for sample in samples], label="submissions graded")
    above.set_ylabel("submissions")
    for name, label, look in (
        ("writer_mib", "the writer", "-"),
        ("graders_mib", "graders and workers", "--"),
        ("gradebook_mib", "gradebook (file)", ":"),
    ):
        below.plot(minutes, [getattr(sample, name) for sample in samples], look, label=label)
    below.set_ylabel("MiB of its own")
    below.set_xlabel("minutes")
    for axes in (above, below):
        axes.grid(alpha=0.4)
        axes.legend()
    figure.savefig(path)


def main() -> None:
    """Make a class, grade it, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--students", type=int, default=400, help="size of the class (default 400)")
    arguments.add_argument("--one-question", action="store_true", help="an assignment of a single question")
    arguments.add_argument("--plot", type=Path, help="draw a picture into this file")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as work:
        course = Path(work, "course")
        if chosen.one_question:
            make_small_course(course, chosen.students)
        else:
            shutil.copy(ROOT / "nbgrader_config.py", make_course(course, chosen.students, solved()))
        samples = list(graded(course, ONE_QUESTION if chosen.one_question else ASSIGNMENT))
    print(f"{platform.machine()}, {psutil.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'graded':>8} {'minutes':>8} {'s each':>7} {'writer MiB':>11} {'graders MiB':>12} {'gradebook MiB':>14}")
    for done, each, end in by_parts(samples, chosen.students):
        memory = f"{end.writer_mib:11.0f} {end.graders_mib:12.0f} {end.gradebook_mib:14.1f}"
        print(f"{done:8} {end.seconds / 60:8.1f} {each:7.2f} {memory}")
    print(f"largest worker: {max(sample.worker_mib for sample in samples):.0f} MiB of its own")
    if chosen.plot:
        plot(samples, chosen.plot)


if __name__ == "__main__":
    main()
