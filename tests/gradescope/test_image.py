"""The zip as Gradescope uses it: its own setup.sh makes an image, in which its own run_autograder grades.

The image is a view of this machine as root of a container has one: Gradescope's folders, no home, and neither this
checkout nor its packages. Packages are installed from where pip takes them.
"""

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from os import kill
from pathlib import Path
from typing import Any

import nbformat
import pytest
from gradescope_image import Image, unpack
from killing import descendants
from nbformat.v4 import new_code_cell
from tests_support import ROOT, make_course, write_answers

Results = Callable[[Path], dict[str, Any]]

# Tries to reach what it must not, and tells what came of it in the one place that it has: an error's words.
HOSTILE_CELL = """\
import os, pathlib, subprocess

GOT = []

def attempt(name, action):
    try:
        GOT.append(f"{name}: REACHED {action()!r}")
    except BaseException as error:
        GOT.append(f"{name}: {type(error).__name__}")

results = pathlib.Path("/autograder/results/results.json")
attempt("write results", lambda: results.write_text('{"score": 40}'))
attempt("remove results", lambda: results.unlink())
pathlib.Path("mine.json").write_text('{"score": 40}')
attempt("replace results", lambda: os.replace("mine.json", results))
attempt("new file", lambda: pathlib.Path("/autograder/results/stdout").write_text("x"))
attempt("list results", lambda: os.listdir("/autograder/results"))
attempt("read seed", lambda: pathlib.Path("/autograder/source/.autograder/seed").read_text())
attempt("list source", lambda: os.listdir("/autograder/source"))
attempt("read metadata", lambda: pathlib.Path("/autograder/submission_metadata.json").read_text())
attempt("change the grader", lambda: pathlib.Path("/autograder/run_autograder").write_text("#!/bin/true"))
attempt("change a package", lambda: pathlib.Path(torch.__file__).write_text(""))
attempt("copy the seed", lambda: subprocess.run(["cp", "/autograder/source/.autograder/seed", "."], check=True))
attempt("kill the grader", lambda: os.kill(os.getppid(), 9))
"""
HOSTILE_ANSWER = """\
def corr2d(X, K):
    raise RuntimeError("; ".join(GOT))
"""
ATTEMPTS = 12
LOOP = "def conv2d_layer(*_, **__):\n    while True:\n        pass\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def archive(course: Path) -> Path:
    command = [sys.executable, "-m", "autograder", "gradescope", "conv_layer"]
    subprocess.run(command, cwd=course, check=True, capture_output=True)
    return course / "gradescope-conv_layer.zip"


@pytest.fixture(scope="module")
def built(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Image, str]:
    """The image, and the log of its making."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    root.mkdir()
    unpack(archive, root)
    image = Image(root)
    if image.run("true").returncode != 0:
        pytest.skip("bubblewrap cannot make a machine here")
    made = image.run("bash", "/autograder/source/setup.sh")
    assert made.returncode == 0, made.stdout + made.stderr
    return image, made.stdout


@pytest.fixture
def image(built: tuple[Image, str]) -> Image:
    """The image with nothing handed in and nothing graded, as every submission finds it."""
    image, _ = built
    for name in ("submission", "results"):
        shutil.rmtree(image.root / name)
        (image.root / name).mkdir()
    (image.root / "submission_metadata.json").write_text(json.dumps({"users": [{"name": "Ann Example"}]}))
    return image


def answered(course: Path, image: Image, answers: dict[str, str], own_cell: str = "") -> Path:
    """The notebook with solutions, some replaced, handed in."""
    target = image.root / "submission" / "conv_layer.ipynb"
    write_answers(course / "source" / "conv_layer" / "conv_layer.ipynb", target, answers)
    if own_cell:
        notebook = nbformat.read(target, as_version=4)
        names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
        notebook.cells.insert(names.index("setup") + 1, new_code_cell(own_cell))
        nbformat.write(notebook, target)
    return target


def graded(image: Image, results_of: Results) -> dict[str, Any]:
    """What run_autograder leaves; it always ends well."""
    done = image.run("/autograder/run_autograder")
    assert done.returncode == 0, done.stdout + done.stderr
    return results_of(image.root)


def test_the_log_of_the_image_ends_with_what_the_doctor_says(built: tuple[Image, str]) -> None:
    assert "files: Landlock" in built[1] or "files: bubblewrap" in built[1]
    assert "grading: works" in built[1].splitlines()[-1]


def test_a_right_submission_gets_full_marks(course: Path, image: Image, results_of: Results) -> None:
    answered(course, image, {})
    document = graded(image, results_of)
    assert document["score"] == 40
    assert {test["status"] for test in document["tests"]} == {"passed"}
    assert document["output"] == "Ann Example: conv_layer.ipynb: 40 of 40 points (cpu)"


def test_a_wrong_one_gets_the_same_marks_and_words_as_by_the_other_door(
    course: Path, image: Image, results_of: Results, tmp_path: Path
) -> None:
    wrong = ROOT / "tests" / "submissions" / "conv_layer" / "wrong"
    answers = {name: next(iter(sorted((wrong / name).iterdir()))).read_text() for name in ("corr2d", "multi_channel")}
    notebook = answered(course, image, answers)
    document = graded(image, results_of)
    here = tmp_path / "results.json"
    command = [sys.executable, "-m", "autograder", "grade", "conv_layer", str(notebook), "--gradescope", str(here)]
    subprocess.run(command, cwd=course, check=True, capture_output=True)
    assert 0 < document["score"] < 40
    assert document["tests"] == json.loads(here.read_text())["tests"]


def test_a_hostile_one_reaches_neither_results_nor_seed(course: Path, image: Image, results_of: Results) -> None:
    seed = (image.root / "source" / ".autograder" / "seed").read_text().strip()
    script = (image.root / "run_autograder").read_bytes()
    assert image.run("cat", "/autograder/source/.autograder/seed").stdout.strip() == seed  # it is there to be had
    answered(course, image, {"corr2d": HOSTILE_ANSWER}, HOSTILE_CELL)
    document = graded(image, results_of)
    told = document["tests"][0]["output"]
    assert len(re.findall(r": (Permission|FileNotFound|BlockingIO|OS)Error[;,]", told)) == ATTEMPTS, told
    assert ": REACHED" not in told
    assert seed not in json.dumps(document)
    assert (image.root / "run_autograder").read_bytes() == script
    assert sum(test["score"] for test in document["tests"] if test["name"].startswith("corr2d:")) == 0
    assert document["score"] > 0  # the other questions keep theirs


def test_one_that_cannot_be_read_gets_none_and_a_reason(course: Path, image: Image, results_of: Results) -> None:
    path = answered(course, image, {})
    path.write_text(path.read_text()[:5000])
    document = graded(image, results_of)
    assert [(test["score"], test["max_score"]) for test in document["tests"]] == [(0, 40)]
    assert "conv_layer.ipynb is not a notebook. It is not JSON" in document["output"]


def test_nothing_handed_in_is_told(image: Image, results_of: Results) -> None:
    document = graded(image, results_of)
    assert document["score"] == 0
    assert "No notebook was handed in" in document["output"]


def test_a_grader_that_is_killed_leaves_what_it_had_graded(course: Path, image: Image, results_of: Results) -> None:
    answered(course, image, {"conv2d_layer": LOOP})
    running = subprocess.Popen(image.command("/autograder/run_autograder"), stdout=subprocess.DEVNULL)
    report = image.root / "results" / "results.json"
    while not (report.exists() and '"status": "passed"' in report.read_text()):
        with suppress(subprocess.TimeoutExpired):
            pytest.fail(f"it ended with exit code {running.wait(0.05)}")
    graders = [pid for pid, line in descendants(running.pid).items() if "python -P -s -m autograder.gradescope" in line]
    for pid in graders:
        kill(pid, signal.SIGKILL)
    assert running.wait() == 0
    document = results_of(image.root)
    assert document["output"].startswith("Grading did not finish")
    assert any("not graded yet" in test["output"] for test in document["tests"])
    assert all(test["score"] == 0 for test in document["tests"] if "not graded yet" in test["output"])
    assert 0 < document["score"] < 40


def test_one_that_takes_too_long_is_no_mark(course: Path, image: Image, results_of: Results) -> None:
    answered(course, image, {})
    settings = image.root / "source" / "settings.sh"
    before = settings.read_text()
    settings.write_text(f"{before}time_limit_s=0.1\n")
    document = graded(image, results_of)
    settings.write_text(before)
    assert document["score"] == 0
    assert "stopped before the first question was graded" in document["output"]
    assert "This is no mark" in document["output"]


def test_where_isolation_is_missing_nothing_is_run(course: Path, image: Image, results_of: Results) -> None:
    answered(course, image, {})
    shutil.copy(ROOT / "tests" / "support" / "deprived.py", image.root)
    deprived = ["/autograder/venv/bin/python", "/autograder/deprived.py", json.dumps({"PR_SET_SECCOMP": 1})]
    assert image.run(*deprived, "/autograder/run_autograder").returncode == 0
    document = results_of(image.root)
    assert document["score"] == 0
    assert "This is no mark" in document["output"]
    assert "Student code cannot be run safely on this machine" in document["output"]


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        ("venv/bin/python", "its Python is missing or broken"),
        ("venv/lib/python3.11/site-packages/autograder/results.py", "The grader is broken"),
        ("venv/lib/python3.11/site-packages/torch/__init__.py", "The grader is broken"),
        ("source/release/conv_layer/questions.py", "The grader failed"),
    ],
)
def test_what_is_broken_is_told(course: Path, image: Image, results_of: Results, lost: str, words: str) -> None:
    answered(course, image, {})
    path = image.root / lost
    away = path.rename(path.with_name("away"))
    document = graded(image, results_of)
    away.rename(path)
    assert document["score"] == 0
    assert words in document["output"]
    assert "This is no mark" in document["output"]


def test_a_zip_that_is_made_in_the_image_is_the_same_zip(archive: Path, image: Image) -> None:
    # There the package is installed, and no checkout; the course has no sources.
    grader = ["/autograder/venv/bin/python", "-P", "-s", "-m", "autograder"]
    made = image.run(
        *grader, "gradescope", "conv_layer", "--course", "/autograder/source", "--to", "/autograder/again.zip"
    )
    assert made.returncode == 0, made.stderr
    assert (image.root / "again.zip").read_bytes() == archive.read_bytes()
