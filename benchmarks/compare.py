"""Seconds a submission, side by side in one run: stock nbgrader, Otter, this project on one core and on all, the floor.

    pip install --requirement benchmarks/requirements.txt
    python -m benchmarks.compare --notebooks 40 --stock 10 --otter 10

The same notebooks, the same checks, the same number of examples. Stock nbgrader is nbgrader without this project's
configuration: its own Execute preprocessor starts a kernel for each submission, and the check cells grade in the
kernel. `otter run` starts a kernel for each, too, and grades in it (see otter_run.py). Start-up is included in all but
the floor (see floor.py), which says what the students' own code takes.
"""

import argparse
import importlib.util
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

from benchmarks.classes import ASSIGNMENT, make_course, solved
from benchmarks.commands import ROOT, timed
from benchmarks.otter_run import make_autograder, make_submissions, passed

STOCK_CONFIG = f"""
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.ignore = ["{ASSIGNMENT}.py", "__pycache__", ".*", "*.whl"]
c.ClearSolutions.code_stub = {{"python": "raise NotImplementedError"}}
"""


def stock(course: Path) -> float:
    """Stock nbgrader's seconds for the class; making the database is not counted."""
    (course / "nbgrader_config.py").write_text(STOCK_CONFIG)
    # nbgrader puts the instructor's own setup cell in the place of the students'
    nbformat.write(solved(), course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    timed([sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT, "--force"], course)
    return timed([sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT], course)[0]


def otter(course: Path, work: Path) -> tuple[float, list[float]]:
    """Otter's seconds for the class, and those of each notebook; it is started anew for each."""
    submissions, archive = make_submissions(course, work), work / "autograder.zip"
    make_autograder(course, archive)
    took, right = [], 0
    for path in submissions:
        places = ["--autograder", str(archive), "--output-dir", str(path.parent), str(path)]
        command = [sys.executable, "-m", "otter", "run", "--no-logo", *places]
        # so that check() returns points, as under nbgrader
        took.append(timed(command, work, NBGRADER_EXECUTION="autograde")[0])
        right += passed(path.parent / "results.json")
    if not right:
        sys.exit("Otter found no question right: its tests did not run.")
    return sum(took), took


def ours(course: Path, jobs: int) -> tuple[float, list[float]]:
    """Our seconds for the class, and those of each submission in its grader."""
    shutil.copy(ROOT / "nbgrader_config.py", course)
    report = course / f"results-{jobs}.json"
    arguments = ["--again", "--jobs", str(jobs), "--json", str(report)]
    seconds, _ = timed([sys.executable, "-m", "autograder", "grade", ASSIGNMENT, *arguments], course)
    return seconds, [result["duration_s"] for result in json.loads(report.read_text())["results"]]


def main() -> None:
    """Run all and print a table, with ratios to stock nbgrader and to the floor."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--notebooks", type=int, default=40, help="size of the class (default 40)")
    arguments.add_argument("--stock", type=int, help="how many of them stock nbgrader grades (default all)")
    arguments.add_argument("--otter", type=int, help="how many of them Otter grades (default all; 0: none)")
    chosen = arguments.parse_args()
    by_stock = chosen.stock or chosen.notebooks
    by_otter = chosen.notebooks if chosen.otter is None else chosen.otter
    if by_otter and importlib.util.find_spec("otter") is None:
        sys.exit("Otter is not installed: pip install --requirement benchmarks/requirements.txt, or use --otter 0")
    cores = os.cpu_count() or 1
    rows: list[tuple[str, int, float, list[float]]] = []
    with tempfile.TemporaryDirectory() as work:
        course = make_course(Path(work, "ours"), chosen.notebooks, solved())
        for_stock = make_course(Path(work, "stock"), by_stock, solved())
        rows.append(("stock nbgrader autograde", by_stock, stock(for_stock), []))
        if by_otter:
            for_otter = make_course(Path(work, "otter"), by_otter, solved())
            rows.append(("otter run", by_otter, *otter(for_otter, Path(work, "run by otter"))))
        for jobs in dict.fromkeys((1, cores)):
            rows.append((f"autograder grade --jobs {jobs}", chosen.notebooks, *ours(course, jobs)))
        floor = json.loads(timed([sys.executable, "-m", "benchmarks.floor", str(course)], course)[1].splitlines()[-1])
        rows.append(("the students' own code", chosen.notebooks, sum(floor), floor))
    print(f"{platform.machine()}, {cores} cores, Python {platform.python_version()}")
    print(f"{'':28} {'class':>6} {'s each':>8} {'a minute':>9} {'median':>7} {'95 %':>7} {'× stock':>8} {'× floor':>8}")
    stock_s, floor_s = rows[0][2] / rows[0][1], rows[-1][2] / rows[-1][1]
    for name, count, seconds, each in rows:
        one = seconds / count
        spread = statistics.quantiles(each, n=20) if len(each) > 1 else []
        median, high = (f"{spread[9]:.2f}", f"{spread[18]:.2f}") if spread else ("", "")
        ratios = f"{stock_s / one:8.1f} {one / floor_s:8.2f}"
        print(f"{name:28} {count:6} {one:8.2f} {60 / one:9.1f} {median:>7} {high:>7} {ratios}")


if __name__ == "__main__":
    main()
