"""Grades a sample class: makes a course in demo/course, hands in its notebooks, grades them, and writes feedback.

Run it with `make demo`. Everything it makes lies in demo/course and may be removed. Who is in the class is written in
tests/submissions/conv_layer/sample_class.toml.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.report.content import points_of
from autograder.report.safe_text import one_line
from demo.findings import what_was_wrong
from demo.students import ASSIGNMENT, CLASS, ROOT, Student, hand_in, read_students

COURSE = ROOT / "demo" / "course"
PAGE = "class.html"
# What the table needs beside its last column: names, points, and lines.
BESIDE = 32
WIDTH_OF_A_LOG = 120


def make_course(course: Path, students: Sequence[Student]) -> None:
    """A course of its own: the configuration, the assignment, and what the students handed in."""
    if course.exists():
        shutil.rmtree(course)
    course.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", course)
    for folder in ("source", "release"):
        shutil.copytree(ROOT / folder / ASSIGNMENT, course / folder / ASSIGNMENT)
    for student in students:
        hand_in(student, course)


def table(results: Sequence[Mapping[str, Any]], width: int) -> Table:
    """Every student's points, and what was wrong, of the results in a JSON report."""
    made = Table(box=box.ROUNDED)
    made.add_column("Student", overflow="fold")
    made.add_column("Points", justify="right", no_wrap=True)
    made.add_column("What was wrong", overflow="fold")
    for result in results:
        wrong = what_was_wrong(result, max(width - BESIDE, 20))
        made.add_row(
            Text(one_line(result["student"], 12)),
            Text(points_of(result["score"], result["max_score"])),
            Text("\n".join(wrong)) if wrong else Text("nothing", style="green"),
        )
    return made


def run(*command: str, good: Sequence[int] = (0,)) -> None:
    """Run Python in the course's folder; the demo stops unless the command ends with one of the exit codes ``good``."""
    print("$", " ".join(["python", *command]), flush=True)
    code = subprocess.run([sys.executable, *command], cwd=COURSE, check=False).returncode
    if code not in good:
        sys.exit(f"The demo stops here: that command ended with exit code {code}.")


def main() -> None:
    """Make the course, grade it, write feedback, and say what came of it and where to look."""
    students = read_students()
    print(f"A sample class of {len(students)}, as in {CLASS.relative_to(ROOT)}:")
    for student in students:
        print(f"  {student.name:5} {student.story}")
    make_course(COURSE, students)
    # Exit code 1 says that a submission could not be graded, such as half a file.
    run("-m", "autograder", "grade", ASSIGNMENT, "--json", "results.json", good=(0, 1))
    run("-m", "nbgrader", "generate_feedback", ASSIGNMENT, "--log-level=ERROR")
    run("-m", "autograder", "report", ASSIGNMENT, "--to", PAGE)
    results = json.loads((COURSE / "results.json").read_text(encoding="utf-8"))["results"]
    console = Console() if sys.stdout.isatty() else Console(width=WIDTH_OF_A_LOG)
    print("\nWhat the grader found:")
    console.print(table(results, console.width))
    print("Marks:   ", (COURSE / "gradebook.db").relative_to(ROOT))
    print("Class:   ", (COURSE / PAGE).relative_to(ROOT), "- what it has understood, to open in a browser")
    print("Feedback:", (COURSE / "feedback").relative_to(ROOT), "- a page for each student, to open in a browser")
    print(f"\nTo go on with this class, as the pages in docs/ tell: cd {COURSE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
