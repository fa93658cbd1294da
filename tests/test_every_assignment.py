"""What holds for every assignment in source/: its release is built, and its solution gets full marks by every door."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.api import Gradebook
from tests_support import ROOT, checks, hand_in, make_course, solve

from autograder.properties import load_questions

ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/questions.py"))


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def assignment(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def points(assignment: str) -> float:
    """What the properties of all questions are worth; written answers wait for a person."""
    return sum(question.points for question in load_questions(ROOT / "source" / assignment / "questions.py"))


@pytest.fixture(scope="module")
def course(assignment: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of its own: the assignment as it is built, and two who have handed in the solution and the release."""
    course = make_course(tmp_path_factory.mktemp(assignment), assignment)
    run(course, "autograder", "build", assignment)
    hand_in(course, "right", {}, "source", assignment)
    hand_in(course, "stub", {}, "release", assignment)
    return course


def run(course: Path, *command: str) -> None:
    # nbgrader starts alembic by its name, which an environment that is not activated does not find
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(course / "no-jupyter-config"), "PATH": path}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=course, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_committed_release_is_what_build_makes(course: Path, assignment: str) -> None:
    made = {path.name: path.read_bytes() for path in (course / "release" / assignment).iterdir()}
    committed = {path.name: path.read_bytes() for path in (ROOT / "release" / assignment).iterdir() if path.is_file()}
    assert made.keys() == committed.keys()
    assert [name for name in made if made[name] != committed[name]] == []


def test_the_command_line_gives_the_solution_full_marks_and_the_release_0(
    course: Path, assignment: str, points: float
) -> None:
    notebooks = [f"submitted/{student}/{assignment}/{assignment}.ipynb" for student in ("right", "stub")]
    run(course, "autograder", "grade", assignment, *notebooks, "--json", "results.json")
    right, stub = json.loads((course / "results.json").read_text())["results"]
    assert [check["id"] for check in right["checks"] if check["status"] != "passed"] == []
    assert (right["score"], right["max_score"]) == (points, points)
    assert (stub["score"], stub["max_score"]) == (0, points)


def test_nbgrader_gives_the_solution_full_marks_and_the_release_0(course: Path, assignment: str, points: float) -> None:
    run(course, "nbgrader", "generate_assignment", assignment, "--force")
    run(course, "nbgrader", "autograde", assignment)
    with Gradebook(f"sqlite:///{course}/gradebook.db", "any") as gradebook:
        scores = {student: gradebook.find_submission(assignment, student).score for student in ("right", "stub")}
    assert scores == {"right": points, "stub": 0}


@pytest.mark.parametrize("solved", [True, False])
def test_a_kernel_gives_the_solution_full_marks_and_the_release_0(
    course: Path, assignment: str, points: float, solved: bool, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(ROOT / "release" / assignment, tmp_path / assignment))
    notebook = nbformat.read(folder / f"{assignment}.ipynb", as_version=4)
    if solved:
        solve(notebook, nbformat.read(course / "source" / assignment / f"{assignment}.ipynb", as_version=4))
    environment = {**os.environ, "NBGRADER_EXECUTION": "autograde"}
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=300, allow_errors=True, resources=resources).execute(env=environment)
    shown = {grade_id: cell.outputs[-1].data["text/plain"] for grade_id, cell in checks(notebook).items()}
    assert sum(map(float, shown.values())) == (points if solved else 0), shown
