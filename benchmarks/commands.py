"""The commands that are measured."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment() -> dict[str, str]:
    """What commands are started with."""
    inherited = {name: value for name, value in os.environ.items() if name != "JUPYTER_CONFIG_DIR"}
    # nbgrader starts alembic by its name
    path = f"{Path(sys.executable).parent}{os.pathsep}{inherited['PATH']}"
    return inherited | {"PATH": path, "PYTHONPATH": str(ROOT)}


def graded_so_far(course: Path, assignment: str) -> int:
    """How many submissions have their marks in the gradebook."""
    return sum(1 for _ in (course / ".autograder" / "graded" / assignment).glob("*.json"))


def timed(command: Sequence[str], folder: Path, **more: str) -> tuple[float, str]:
    """Seconds that a command takes, from start to exit, and what it printed; stops the benchmark when it fails."""
    started = time.perf_counter()
    finished = subprocess.run(
        command, cwd=folder, env=environment() | more, capture_output=True, text=True, check=False
    )
    if finished.returncode:
        sys.exit(f"{' '.join(command[:6])} … ended with {finished.returncode}:\n{finished.stdout}\n{finished.stderr}")
    return time.perf_counter() - started, finished.stdout
