"""The page of feedback on one notebook is the one that nbgrader makes."""

import subprocess
import sys
from pathlib import Path

import pytest
import small_class
from nbgrader.apps.api import NbGraderAPI

from autograder.notebooks.release import course_config


@pytest.fixture(scope="module")
def pages(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which nbgrader has written everybody's feedback."""
    course = small_class.copy_of(graded, tmp_path_factory.mktemp("pages"))
    for student in small_class.ANSWERS:
        assert NbGraderAPI(config=course_config(course)).generate_feedback(small_class.NAME, student)["success"]
    return course


def grade_alone(course: Path, notebook: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*small_class.command(*arguments), str(notebook)]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)


def handed_in(course: Path, student: str) -> Path:
    return course / "submitted" / student / small_class.NAME / f"{small_class.NAME}.ipynb"


@pytest.mark.parametrize("student", ["ann", "ben", "dora"])
def test_the_page_is_the_same_as_nbgraders(pages: Path, student: str) -> None:
    done = grade_alone(pages, handed_in(pages, student), "--html", "page.html")
    assert done.returncode == 0, done.stderr
    theirs = pages / "feedback" / student / small_class.NAME / f"{small_class.NAME}.html"
    assert (pages / "page.html").read_bytes() == theirs.read_bytes()


def test_a_file_that_is_no_notebook_has_a_page_that_says_so(pages: Path) -> None:
    (pages / "half.ipynb").write_text(handed_in(pages, "ann").read_text()[:300])
    done = grade_alone(pages, Path("half.ipynb"), "--html", "half.html")
    assert done.returncode == 1
    page = (pages / "half.html").read_text()
    assert "half.ipynb is not a notebook" in page
    assert "Score: 0.0 / 5.0" in page


@pytest.mark.parametrize("notebooks", [0, 2])
def test_a_page_is_of_one_notebook(pages: Path, notebooks: int) -> None:
    named = [str(handed_in(pages, student)) for student in ("ann", "ben")][:notebooks]
    command = [sys.executable, "-m", "autograder", "grade", small_class.NAME, *named, "--html", "both.html"]
    done = subprocess.run(command, cwd=pages, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--html writes the feedback on one notebook" in done.stderr
    assert not (pages / "both.html").exists()
