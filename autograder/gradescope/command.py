"""What ``gradescope`` does between its options and its exit code: make the zip, write it, say what to do with it."""

from pathlib import Path

from rich.console import Console

from autograder.course import Course
from autograder.errors import UsageError
from autograder.gradescope.package import package
from autograder.report.files import require_place, write_atomically


def gradescope_command(course: Course, assignment: str, to: Path | None, torch_index: str, console: Console) -> None:
    """Write the zip to ``to``, or into the current folder."""
    course.require(assignment)
    path = to or Path(f"gradescope-{assignment}.zip")
    if path.suffix != ".zip":
        raise UsageError(f"{path} is no name for a zip.", "Gradescope takes zips.", f"Name it {path}.zip.")
    require_place(path)
    made = package(course, assignment, torch_index)
    write_atomically(path, made.content)
    for line in (
        f"{path}: {len(made.content) / 1e6:.1f} MB, for Gradescope's Configure Autograder, base image Ubuntu 22.04",
        f"  Autograder Settings: 1 CPU, {made.memory_gb} GB of memory, {made.timeout_minutes} minutes, or more of each",
        "  keep it to yourself: it holds the course's seed, but no solution",
    ):
        console.print(line, markup=False, soft_wrap=True)
