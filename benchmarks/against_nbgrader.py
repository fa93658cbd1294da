"""Seconds a submission: `python -m autograder grade` beside stock `nbgrader autograde`, on the same notebooks.

    python benchmarks/against_nbgrader.py --notebooks 40 --stock 40

Stock nbgrader is nbgrader without this project's configuration: its own Execute preprocessor starts a kernel for each
submission, and the check cells grade in the kernel, on fewer examples than the sandbox draws.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = "conv_layer"
STOCK_CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.ignore = ["conv_layer.py", "__pycache__", ".*", "*.whl"]
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
"""


def make_notebooks(folder: Path, count: int) -> list[Path]:
    """``count`` submissions of a class: three in four solved, one in four untouched, told apart by a comment."""
    folder.mkdir()
    paths = []
    for number in range(count):
        origin = "release" if number % 4 == 3 else "source"
        notebook = nbformat.read(ROOT / origin / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == "corr2d":
                cell.source += f"\n# student number {number}"
        paths.append(folder / f"student{number:05}.ipynb")
        nbformat.write(notebook, paths[-1])
    return paths


def timed(command: Sequence[str], folder: Path) -> float:
    """Seconds that a command takes, from start to exit; stops the benchmark when it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "JUPYTER_CONFIG_DIR"}
    # nbgrader starts alembic by its name
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    started = time.perf_counter()
    finished = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if finished.returncode:
        sys.exit(f"{' '.join(command[:6])} … ended with {finished.returncode}:\n{finished.stdout}\n{finished.stderr}")
    return time.perf_counter() - started


def ours(notebooks: Sequence[Path], jobs: int) -> float:
    names = [str(path) for path in notebooks]
    return timed([sys.executable, "-m", "autograder", "grade", ASSIGNMENT, *names, "--jobs", str(jobs)], ROOT)


def stock(notebooks: Sequence[Path], course: Path) -> float:
    """Stock nbgrader's time for the class; making the course and its database is not counted."""
    course.mkdir()
    (course / "nbgrader_config.py").write_text(STOCK_CONFIG)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, course / "source" / ASSIGNMENT)
    timed([sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT], course)
    for path in notebooks:
        folder = course / "submitted" / path.stem / ASSIGNMENT
        folder.mkdir(parents=True)
        shutil.copy(path, folder / f"{ASSIGNMENT}.ipynb")
    return timed([sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT], course)


def main() -> None:
    """Run all and print a table, with ratios to stock nbgrader."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--notebooks", type=int, default=40, help="size of the class (default 40)")
    arguments.add_argument(
        "--stock", type=int, default=None, help="how many of them stock nbgrader grades (default all)"
    )
    chosen = arguments.parse_args()
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as work:
        notebooks = make_notebooks(Path(work, "class"), chosen.notebooks)
        for_stock = notebooks[: chosen.stock]
        rows = [("stock nbgrader autograde", stock(for_stock, Path(work, "stock")) / len(for_stock))]
        for jobs in dict.fromkeys((1, cores)):
            rows.append((f"autograder grade, {jobs} at a time", ours(notebooks, jobs) / len(notebooks)))
    print(
        f"{platform.machine()}, {cores} cores, Python {platform.python_version()}; "
        f"{len(notebooks)} notebooks, stock nbgrader on {len(for_stock)}; start-up included"
    )
    print(f"{'':32} {'s a submission':>15} {'a minute':>9} {'times stock':>12}")
    for name, seconds in rows:
        print(f"{name:32} {seconds:15.2f} {60 / seconds:9.1f} {rows[0][1] / seconds:12.1f}")


if __name__ == "__main__":
    main()
