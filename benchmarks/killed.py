"""A class whose grading is killed again and again: it must end with the marks of a run that nobody disturbed.

    python -m benchmarks.killed --students 400 --kills 10

Grades a class once in peace. Grades a copy of it in runs that are killed (SIGKILL) at random moments, each taken up by
the next, until one comes to its end. Compares the two gradebooks row by row, and counts who was graded twice. Ends
with exit code 1 when anything differs.
"""

import argparse
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import psutil

from benchmarks.classes import ONE_QUESTION, make_small_course
from benchmarks.commands import environment, graded_so_far, timed

COMMAND = [sys.executable, "-m", "autograder", "grade", ONE_QUESTION, "--seed", "7"]
# Until a run grades its first submission, it is this old.
GETTING_READY_S = 12.0
TOLD = re.compile(r"^(student\d+): ", re.MULTILINE)
MARKS = """
    SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score, grade.extra_credit,
           grade.needs_manual_grade
    FROM submitted_assignment
    LEFT JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id
    LEFT JOIN grade ON grade.notebook_id = submitted_notebook.id
    LEFT JOIN base_cell ON base_cell.id = grade.cell_id
    ORDER BY 1, 2
"""


def rows(course: Path, query: str) -> list[tuple[object, ...]]:
    """What a query of the course's gradebook gives."""
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        return list(gradebook.execute(query))


def sizes(course: Path) -> dict[str, int]:
    """How many rows each table of the gradebook has."""
    tables = [str(name) for (name,) in rows(course, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: int(str(rows(course, f"SELECT count(*) FROM {table}")[0][0])) for table in tables}


def killed_after(course: Path, seconds: float) -> tuple[bool, str]:
    """Start a run and kill it after so long. Whether it was still running, and what it had said."""
    with (course / "grade.log").open("w+") as log:
        run = psutil.Popen(COMMAND, cwd=course, env=environment() | {"PYTHONUNBUFFERED": "1"}, stdout=log, stderr=log)
        try:
            run.wait(seconds)
        except psutil.TimeoutExpired:
            others = run.children(recursive=True)
            run.kill()
            run.wait()
            _, left = psutil.wait_procs(others, 30)
            if left:
                sys.exit(f"Of a run that was killed, {len(left)} processes live on.")
        log.seek(0)
        said = log.read()
    if run.returncode > 0:
        sys.exit(said[-2000:])
    return run.returncode < 0, said


def twice(said: Iterable[str]) -> list[str]:
    """The students that were graded, and told of, more than once."""
    told = Counter(student for text in said for student in TOLD.findall(text))
    return sorted(student for student, count in told.items() if count > 1)


def main() -> None:
    """Grade both classes, and tell what differs."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--students", type=int, default=400, help="size of the class (default 400)")
    arguments.add_argument("--kills", type=int, default=10, help="how often it is killed (default 10)")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as work:
        peaceful = make_small_course(Path(work, "peaceful"), chosen.students)
        disturbed = Path(shutil.copytree(peaceful, Path(work, "disturbed")))
        seconds, _ = timed(COMMAND, peaceful)
        print(f"{chosen.students} submissions in peace: {seconds:.0f} s")
        longest = GETTING_READY_S + 1.5 * seconds / chosen.kills
        said = []
        for number in range(1, chosen.kills + 1):
            after = random.uniform(0, longest)
            was_running, text = killed_after(disturbed, after)
            said.append(text)
            if not was_running:
                sys.exit(f"Run {number} was done before it could be killed: take a larger class.")
            told, done = len(TOLD.findall(text)), graded_so_far(disturbed, ONE_QUESTION)
            print(f"run {number}: killed after {after:5.1f} s; {told:4} told of, {done:4} done so far")
        started = time.perf_counter()
        last = subprocess.run(COMMAND, cwd=disturbed, env=environment(), capture_output=True, text=True, check=False)
        said.append(last.stdout)
        print(f"the last run: exit code {last.returncode}, {time.perf_counter() - started:.0f} s")
        ours, theirs = rows(disturbed, MARKS), rows(peaceful, MARKS)
        differing = sorted(set(ours) ^ set(theirs), key=str)
        again, same_sizes = twice(said), sizes(disturbed) == sizes(peaceful)
        print(f"rows of marks: {len(ours)} and {len(theirs)}, {len(differing)} differ")
        print(f"rows of each table: {'the same' if same_sizes else 'they differ'}")
        print(f"graded twice: {len(again)}")
        if last.returncode or differing or again or not same_sizes or len(ours) != len(theirs):
            sys.exit(1)


if __name__ == "__main__":
    main()
