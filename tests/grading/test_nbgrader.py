"""nbgrader's own commands with the course's configuration, and without it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from tests_support import hand_in, make_course

TEXTBOOK = """def corr2d(X, K):
    h, w = K.shape
    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum()
    return Y
"""
WARNS = """import warnings

def corr2d(X, K):
    warnings.warn("this goes to stderr")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)

warnings.warn("and so does this")
"""
STOCK_CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.ignore = ["conv_layer.py", "__pycache__", ".*"]
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
"""


def nbgrader(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # nbgrader starts alembic by its name, which an environment that is not activated does not find
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(course / "no-jupyter-config"), "PATH": path}
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def score(course: Path, student: str) -> float:
    with Gradebook(f"sqlite:///{course}/gradebook.db", "any") as gradebook:
        return float(gradebook.find_submission("conv_layer", student).score)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class graded by `nbgrader autograde`."""
    course = make_course(tmp_path_factory.mktemp("nbgrader"))
    hand_in(course, "reference", {})
    hand_in(course, "untouched", {}, origin="release")
    hand_in(course, "textbook", {"corr2d": TEXTBOOK})
    hand_in(course, "warns", {"corr2d": WARNS})
    broken = hand_in(course, "broken", {})
    broken.write_text(broken.read_text()[:3000])
    generated = nbgrader(course, "generate_assignment", "conv_layer", "--force")
    assert generated.returncode == 0, generated.stderr
    graded = nbgrader(course, "autograde", "conv_layer")
    assert graded.returncode == 0, graded.stderr
    return course


def test_the_reference_gets_40_and_the_untouched_release_0(course: Path) -> None:
    assert (score(course, "reference"), score(course, "untouched")) == (40, 0)


def test_one_broken_notebook_gets_0_and_stops_nobody(course: Path) -> None:
    assert score(course, "broken") == 0
    assert score(course, "reference") == 40


def test_a_warning_on_stderr_costs_nothing(course: Path) -> None:
    assert score(course, "warns") == 40


def test_partial_credit_reaches_the_gradebook(course: Path) -> None:
    assert score(course, "textbook") == 37.25


def test_nbgraders_own_generate_keeps_the_solution_module_back(course: Path) -> None:
    assert not (course / "release" / "conv_layer" / "conv_layer.py").exists()
    assert (course / "release" / "conv_layer" / "questions.py").exists()


def test_feedback_shows_the_report_and_the_score(course: Path) -> None:
    made = nbgrader(course, "generate_feedback", "conv_layer", "--student=textbook")
    assert made.returncode == 0, made.stderr
    page = (course / "feedback" / "textbook" / "conv_layer" / "conv_layer.html").read_text()
    assert "The output has the input&#39;s dtype" in page or "The output has the input's dtype" in page
    assert "37.25" in page
    alone = [sys.executable, "-m", "autograder", "grade", "conv_layer", "--html", "page.html"]
    submitted = "submitted/textbook/conv_layer/conv_layer.ipynb"
    subprocess.run([*alone, submitted], cwd=course, capture_output=True, check=True)
    assert (course / "page.html").read_text() == page
    broken = nbgrader(course, "generate_feedback", "conv_layer", "--student=broken")
    assert broken.returncode == 0, broken.stderr
    assert "not a notebook" in (course / "feedback" / "broken" / "conv_layer" / "conv_layer.html").read_text()


def test_a_mark_given_by_hand_survives_a_regrade(course: Path) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db", "any") as gradebook:
        grade = gradebook.find_grade("check-corr2d", "conv_layer", "conv_layer", "textbook")
        grade.manual_score = 9
        gradebook.db.commit()
    again = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", "conv_layer", "--student", "textbook"],
        cwd=course,
        check=False,
        capture_output=True,
        text=True,
    )
    assert again.returncode == 0, again.stderr
    with Gradebook(f"sqlite:///{course}/gradebook.db", "any") as gradebook:
        grade = gradebook.find_grade("check-corr2d", "conv_layer", "conv_layer", "textbook")
        assert (grade.manual_score, grade.auto_score) == (9, 7.25)


def test_the_class_run_gives_the_marks_that_nbgraders_command_gave(course: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", "conv_layer", "--json", "class.json"],
        cwd=course,
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 1, finished.stderr  # the broken one
    assert "Traceback" not in finished.stderr
    import json

    results = {result["student"]: result for result in json.loads((course / "class.json").read_text())["results"]}
    assert {student: result["score"] for student, result in results.items()} == {
        "broken": 0,
        "reference": 40,
        "textbook": 37.25,
        "untouched": 0,
        "warns": 40,
    }
    assert results["broken"]["status"] == "error"


def test_on_stock_nbgrader_the_check_cells_grade_in_the_kernel(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    (course / "nbgrader_config.py").write_text(STOCK_CONFIG)
    hand_in(course, "textbook", {"corr2d": TEXTBOOK})
    assert nbgrader(course, "generate_assignment", "conv_layer", "--force").returncode == 0
    graded = nbgrader(course, "autograde", "conv_layer")
    assert graded.returncode == 0, graded.stderr
    assert score(course, "textbook") == 37.25
