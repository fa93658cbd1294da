"""The class graded by Otter: the notebooks' own cells in a kernel, then the same checks as Otter's test files."""

import json
import zipfile
from pathlib import Path

import nbformat

from autograder.properties.questions import load_exam
from benchmarks.classes import ASSIGNMENT

# A question is one test, which passes with all of its points: Otter has no partial credit within a test.
TEST = """
from otter.test_files import test_case

OK_FORMAT = False
name = {question!r}
points = {points!r}

@test_case()
def has_all_its_points(env):
    exec("from autograder.check import check as ask; score = ask({question!r})", env)
    assert env["score"] == points
"""


def make_autograder(course: Path, archive: Path) -> None:
    """Otter's configuration, tests and files for the course's assignment, as a zip file."""
    release = course / "release" / ASSIGNMENT
    exam = load_exam(course / "source" / ASSIGNMENT / "questions.py")
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("otter_config.json", "{}")
        for question in exam.questions:
            file.writestr(f"tests/{question.id}.py", TEST.format(question=question.id, points=question.points))
        for path in release.glob("*.py"):
            file.write(path, f"files/{path.name}")


def make_submissions(course: Path, folder: Path) -> list[Path]:
    """The class's notebooks without their check cells, which Otter's tests stand for; each in a folder of its own."""
    made = []
    for path in sorted((course / "submitted").glob(f"*/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        ids = (cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in notebook.cells)
        kept = [cell for cell, grade_id in zip(notebook.cells, ids, strict=True) if not grade_id.startswith("check-")]
        notebook.cells = kept
        made.append(folder / path.parts[-3] / path.name)
        made[-1].parent.mkdir(parents=True)
        nbformat.write(notebook, made[-1])
    return made


def passed(results: Path) -> int:
    """How many questions Otter found all right."""
    return sum(test.get("score", 0) > 0 for test in json.loads(results.read_text())["tests"])
