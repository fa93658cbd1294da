"""What run_autograder runs, in this process: results.json after each question, at the end, and when all goes wrong."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import small_class
from tests_support import write_answers

from autograder.course import Course
from autograder.gradescope import run
from autograder.gradescope.package import package
from autograder.grading.grade import Heard
from autograder.grading.grader import Grader
from autograder.grading.parcel import Parcel

Answers = Mapping[str, str]
Results = Callable[[Path], dict[str, Any]]
RIGHT = {"double": small_class.DOUBLE, "area": small_class.AREA}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like /autograder, with nothing handed in. To be copied."""
    folder = tmp_path_factory.mktemp("gradescope")
    course = Course(small_class.write_course(folder / "course"))
    root = folder / "autograder"
    with zipfile.ZipFile(io.BytesIO(package(course, "tiny").content)) as archive:
        archive.extractall(root / "source")
    for part in ("submission", "results"):
        (root / part).mkdir()
    return root


@pytest.fixture
def root(unpacked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(unpacked, tmp_path / "autograder"))


def hand_in(root: Path, answers: Answers, name: str = "tiny.ipynb") -> None:
    write_answers(root / "source" / "release" / "tiny" / "tiny.ipynb", root / "submission" / name, answers)


def scores(document: dict[str, Any]) -> list[tuple[float, str]]:
    return [(test["score"], test["status"]) for test in document["tests"]]


def test_a_right_answer_gets_its_points_and_the_student_is_named(root: Path, results_of: Results) -> None:
    hand_in(root, RIGHT)
    (root / "submission_metadata.json").write_text(json.dumps({"users": [{"name": "Ann Example"}]}))
    assert run.main(root) == 0
    document = results_of(root)
    assert document["score"] == 5
    assert document["output"] == "Ann Example: tiny.ipynb: 5 of 5 points (cpu)"
    assert document["execution_time"] > 0
    assert scores(document) == [(2, "passed"), (1, "passed"), (2, "passed")]


def test_after_each_question_the_results_so_far_are_there(
    root: Path, results_of: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    grade = Grader.grade

    def watched(grader: Grader, parcel: Parcel, heard: Heard) -> object:
        def looked(result: Any) -> None:
            heard(result)
            seen.append(results_of(root))

        return grade(grader, parcel, looked)

    monkeypatch.setattr(Grader, "grade", watched)
    hand_in(root, {**RIGHT, "area": "def area(a, b):\n    return a + b\n"})
    run.main(root)
    first, second = seen
    assert scores(first) == [(2, "passed"), (1, "passed"), (0, "failed")]
    assert "not graded yet" in first["tests"][2]["output"]
    assert first["output"].startswith("Grading did not finish")
    assert "not graded yet" not in second["tests"][2]["output"]
    assert "Grading did not finish" in second["output"]
    final = results_of(root)
    assert (final["score"], scores(final)) == (3, scores(second))
    assert "did not finish" not in final["output"]


def test_what_lies_beside_the_notebook_goes_with_it(root: Path, results_of: Results) -> None:
    hand_in(root, {"double": "from helper import double\n", "area": "from deep.er import area\n"})
    (root / "submission" / "helper.py").write_text(small_class.DOUBLE)
    (root / "submission" / "deep").mkdir()
    (root / "submission" / "deep" / "er.py").write_text(small_class.AREA)
    assert run.main(root) == 0
    assert results_of(root)["score"] == 5


def test_a_notebook_in_the_wrong_place_is_graded_and_told(root: Path, results_of: Results) -> None:
    hand_in(root, RIGHT, "week 1/tiny (2).ipynb")
    assert run.main(root) == 0
    document = results_of(root)
    assert document["score"] == 5
    assert document["output"].startswith("Graded is week 1/tiny (2).ipynb. Name it tiny.ipynb")


def a_link(root: Path) -> None:
    (root / "elsewhere.ipynb").write_text("{}")
    (root / "submission" / "tiny.ipynb").symlink_to(root / "elsewhere.ipynb")


@pytest.mark.parametrize(
    ("hand_in_badly", "words"),
    [
        (lambda root: None, "No notebook was handed in."),
        (lambda root: shutil.rmtree(root / "submission"), "No notebook was handed in."),
        (lambda root: [hand_in(root, RIGHT, name) for name in ("a.ipynb", "b.ipynb")], "2 notebooks were handed in."),
        (lambda root: (root / "submission" / "tiny.ipynb").write_text('{"cells": ['), "is not JSON"),
        (lambda root: (root / "submission" / "tiny.ipynb").write_bytes(b"\x00" * 100), "tiny.ipynb"),
        (lambda root: (root / "submission" / "tiny.ipynb").mkdir(), "No notebook was handed in."),
        (a_link, "It is a link."),
    ],
    ids=["none", "no folder", "two", "half", "zeros", "a folder", "a link"],
)
def test_what_cannot_be_graded_gets_no_points_and_a_reason(
    root: Path, results_of: Results, hand_in_badly: Callable[[Path], object], words: str
) -> None:
    hand_in_badly(root)
    assert run.main(root) == 0
    document = results_of(root)
    assert [(test["score"], test["max_score"]) for test in document["tests"]] == [(0, 5)]
    assert words in document["tests"][0]["output"]
    assert words in document["output"]
    # It is a mark: the reason is the student's to put right.
    assert "no mark" not in document["output"]


def test_too_much_beside_the_notebook_is_told(root: Path, results_of: Results) -> None:
    hand_in(root, RIGHT)
    for number in range(1500):
        (root / "submission" / f"{number}.txt").touch()
    assert run.main(root) == 0
    assert "too many files beside the notebook" in results_of(root)["output"]


def no_isolation(*_: object, **__: object) -> object:
    from autograder.sandbox.isolation import IsolationMissing, unconfined

    raise IsolationMissing(unconfined())


def full_disk(*_: object, **__: object) -> object:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("place", "failure", "words"),
    [
        ("Grader", no_isolation, "cannot be run safely on this machine"),
        ("Grader", full_disk, "No space left on device"),
        ("pack", full_disk, "No space left on device"),
        ("order_of", full_disk, "No space left on device"),
    ],
)
def test_a_failure_of_the_grader_is_no_mark(
    root: Path, results_of: Results, place: str, failure: Callable[..., object], words: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(run, place, failure)
    hand_in(root, RIGHT)
    assert run.main(root) == 1
    document = results_of(root)
    assert document["score"] == 0
    assert "This is no mark" in document["output"]
    assert "Rerun Autograder" in document["output"]
    assert words in document["output"]


@pytest.mark.parametrize("lost", ["release/tiny/tiny.ipynb", "release/tiny/questions.py", ".autograder/seed"])
def test_a_zip_that_is_not_whole_is_no_mark(root: Path, results_of: Results, lost: str) -> None:
    hand_in(root, RIGHT)
    path = root / "source" / lost
    path.unlink()
    if lost == ".autograder/seed":
        path.write_text("no number")
    assert run.main(root) == 1
    document = results_of(root)
    assert document["score"] == 0
    assert "This is no mark" in document["output"]


def test_results_that_cannot_be_written_are_told_in_a_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in(root, RIGHT)
    shutil.rmtree(root / "results")
    assert run.main(root) == 1
    assert "results.json cannot be written" in capsys.readouterr().out
