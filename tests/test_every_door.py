"""A submission has the same marks, property by property, by whichever door it comes in."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from clusters import dask_cluster
from gradescope_image import unpack
from tests_support import make_course

from autograder.course import Course
from autograder.grading.class_results import ClassResults
from demo.students import ASSIGNMENT, hand_in, read_students

pytestmark = pytest.mark.cluster

# Right in an unusual way, wrong, hostile, and half a file.
NAMES = ("cleo", "ivan", "mia", "olga")
Marks = dict[str, list[float]]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample class's course, with a few who have handed in, and a seed."""
    course = make_course(tmp_path_factory.mktemp("doors"))
    for student in read_students():
        if student.name in NAMES:
            hand_in(student, course)
    Course(course).seed()
    return course


@pytest.fixture(scope="module")
def pipelines(course: Path) -> Path:
    """The folder of a pipeline's reports: each notebook by itself, graded as workflows do."""
    for name in NAMES:
        reports = [f"--{kind}={kind}-{name}" for kind in ("json", "junit", "github")]
        run(course, "autograder", "grade", ASSIGNMENT, notebook(name), *reports, good=(0, 1), GITHUB_ACTIONS="true")
    return course


@pytest.fixture(scope="module")
def by_command_line(pipelines: Path) -> Marks:
    """Each notebook by itself."""
    reports = {name: json.loads((pipelines / f"json-{name}").read_text()) for name in NAMES}
    return {name: [check["score"] for check in report["results"][0]["checks"]] for name, report in reports.items()}


def run(course: Path, *command: str, good: tuple[int, ...] = (0,), **environment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=course,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in good, done.stdout + done.stderr


def notebook(name: str) -> str:
    return f"submitted/{name}/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"


def of_class(course: Path) -> Marks:
    """What is kept of a class that was graded through nbgrader."""
    results = ClassResults(Course(course), ASSIGNMENT, NAMES)
    return {name: [check.score for check in result.checks] for name, result in zip(NAMES, results, strict=True)}


def copy_of(course: Path, folder: Path) -> Path:
    return Path(shutil.copytree(course, folder / "course"))


def test_the_marks_are_those_of_answers_that_differ(by_command_line: Marks) -> None:
    assert {name: sum(marks) for name, marks in by_command_line.items()} == {
        "cleo": 40, "ivan": 37.25, "mia": 0, "olga": 30
    }  # fmt: skip
    assert by_command_line["mia"] == []


def test_nbgrader_gives_the_same_marks(course: Path, by_command_line: Marks, tmp_path: Path) -> None:
    course = copy_of(course, tmp_path)
    run(course, "nbgrader", "generate_assignment", ASSIGNMENT, "--force")
    run(course, "nbgrader", "autograde", ASSIGNMENT)
    assert of_class(course) == by_command_line


def test_the_class_run_gives_the_same_marks(course: Path, by_command_line: Marks, tmp_path: Path) -> None:
    course = copy_of(course, tmp_path)
    run(course, "autograder", "grade", ASSIGNMENT, good=(1,))
    assert of_class(course) == by_command_line


def test_a_cluster_gives_the_same_marks(course: Path, by_command_line: Marks, tmp_path: Path) -> None:
    course = copy_of(course, tmp_path)
    with dask_cluster(tmp_path / "cluster", workers=2) as cluster:
        run(course, "autograder", "grade", ASSIGNMENT, "--scheduler", cluster.address, good=(1,))
    assert of_class(course) == by_command_line


def test_a_pipelines_reports_give_the_same_marks(pipelines: Path, by_command_line: Marks) -> None:
    for name, marks in by_command_line.items():
        scores = ElementTree.parse(pipelines / f"junit-{name}").findall("testsuite/properties/property[@name='score']")
        assert sum(float(score.get("value", "")) for score in scores) == sum(marks)
        tests = json.loads((pipelines / f"github-{name}").read_text())["tests"]
        assert [test["score"] for test in tests] == (marks or [0])


def test_gradescope_gives_the_same_marks(course: Path, by_command_line: Marks, tmp_path: Path) -> None:
    run(course, "autograder", "gradescope", ASSIGNMENT)
    unpack(course / f"gradescope-{ASSIGNMENT}.zip", tmp_path)
    for name, marks in by_command_line.items():
        shutil.copy(course / notebook(name), tmp_path / "submission")
        run(tmp_path, "autograder.gradescope.run", str(tmp_path))
        tests = json.loads((tmp_path / "results" / "results.json").read_text())["tests"]
        assert [test["score"] for test in tests] == (marks or [0])
