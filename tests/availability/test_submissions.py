"""Submissions that are not what they should be: each has a result that says why, and no other has less for it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
import small_class
from classes import run_class
from nbformat.v4 import new_code_cell, new_notebook
from small_class import ANSWERS, MARKS, NAME, Finished
from tests_support import hand_in

from autograder.results import Result, ResultStatus

ODD_NAMES = ("two words", " blank ", "ümlaut", "it's, a \\ name", "{student_id}", "-dash", "ctrl\x07")


def folder_of(course: Path, student: str) -> Path:
    folder = course / "submitted" / student / NAME
    folder.mkdir(parents=True)
    return folder


def a_file(course: Path) -> None:
    (course / "submitted" / "strange").mkdir()
    (course / "submitted" / "strange" / NAME).write_text("no folder")


def a_dangling_link(course: Path) -> None:
    (course / "submitted" / "strange").mkdir()
    (course / "submitted" / "strange" / NAME).symlink_to("nowhere")


def an_empty_folder(course: Path) -> None:
    folder_of(course, "strange")


def a_notebook_that_is_a_link(course: Path) -> None:
    (folder_of(course, "strange") / f"{NAME}.ipynb").symlink_to("nowhere")


def a_notebook_that_is_a_folder(course: Path) -> None:
    (folder_of(course, "strange") / f"{NAME}.ipynb").mkdir()


def a_notebook_that_is_a_pipe(course: Path) -> None:
    os.mkfifo(folder_of(course, "strange") / f"{NAME}.ipynb")


def a_time_that_is_a_pipe(course: Path) -> None:
    """Whoever opened it would wait without end."""
    hand_in(course, "strange", {}, assignment=NAME)
    os.mkfifo(course / "submitted" / "strange" / NAME / "timestamp.txt")


def a_time_that_is_none(course: Path) -> None:
    hand_in(course, "strange", {}, assignment=NAME)
    (course / "submitted" / "strange" / NAME / "timestamp.txt").write_bytes(b"\xff yesterday")


def a_notebook_of_another_assignment(course: Path) -> None:
    cells = [new_code_cell("x = 1", metadata={"nbgrader": {"grade_id": "lenet", "solution": True}})]
    nbformat.write(new_notebook(cells=cells), folder_of(course, "strange") / f"{NAME}.ipynb")


def a_name_that_is_a_pattern_for_all(course: Path) -> None:
    hand_in(course, "strange", {}, assignment=NAME)


STRANGE: dict[Callable[[Path], None], str] = {
    a_file: "is no folder",
    a_dangling_link: "There is no tiny.ipynb",
    an_empty_folder: "There is no tiny.ipynb",
    a_notebook_that_is_a_link: "It is a link",
    a_notebook_that_is_a_folder: "It is a folder",
    a_notebook_that_is_a_pipe: "a pipe",
    a_time_that_is_a_pipe: "timestamp.txt",
    a_time_that_is_none: "nbgrader gave up",
    a_notebook_of_another_assignment: "This is not the notebook of this assignment.",
    a_name_that_is_a_pattern_for_all: "takes *, ? and [",
}


def student_of(make: Callable[[Path], None]) -> str:
    return "[a-z]*" if make is a_name_that_is_a_pattern_for_all else make.__name__


@pytest.fixture(scope="module")
def strange(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Finished, Path]:
    """A class of which many handed in something odd, graded by one command."""
    course = Path(shutil.copytree(graded, tmp_path_factory.mktemp("strange") / "course"))
    for make in STRANGE:
        make(course)
        (course / "submitted" / "strange").rename(course / "submitted" / student_of(make))
    for name in ODD_NAMES:
        hand_in(course, name, ANSWERS["cem"][0], origin="release", assignment=NAME)
    hand_in(course, "links", ANSWERS["ann"][0], origin="release", assignment=NAME)
    beside = course / "submitted" / "links" / NAME
    (beside / "data.txt").write_text("1 2 3")
    (beside / "solution.txt").symlink_to(course / "source" / NAME / f"{NAME}.py")
    (beside / "nothing.txt").symlink_to("nowhere")
    os.mkfifo(beside / "pipe")
    (course / "submitted" / "README").write_text("a file beside the students' folders is nobody's submission")
    return small_class.grade(course), course


@pytest.mark.parametrize("make", STRANGE, ids=lambda make: make.__name__)
def test_what_is_no_submission_has_a_result_that_says_why(strange: tuple[Finished, Path], make: Callable) -> None:
    result = strange[0].results[student_of(make)]
    assert (result["status"], result["score"]) == ("error", 0)
    assert STRANGE[make] in result["message"]


def test_the_others_have_the_marks_that_they_had(strange: tuple[Finished, Path]) -> None:
    finished, course = strange
    assert finished.code == 1
    in_gradebook = small_class.marks(course)
    assert {student: in_gradebook[student] for student in MARKS} == MARKS
    assert {student: finished.results[student]["score"] for student in MARKS} == {
        student: sum(marks) for student, marks in MARKS.items()
    }
    assert set(finished.results) == {*MARKS, *ODD_NAMES, *map(student_of, STRANGE), "links"}


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_students_name_may_hold_any_character(strange: tuple[Finished, Path], name: str) -> None:
    finished, course = strange
    assert (finished.results[name]["status"], finished.results[name]["score"]) == ("graded", 3)
    assert small_class.marks(course)[name] == MARKS["cem"]


def test_links_and_pipes_beside_a_notebook_are_left_out_and_cost_nothing(strange: tuple[Finished, Path]) -> None:
    finished, course = strange
    assert finished.results["links"]["score"] == 5
    copied = {path.name for path in (course / "autograded" / "links" / NAME).iterdir()}
    assert "data.txt" in copied
    assert not copied & {"solution.txt", "nothing.txt", "pipe"}


def test_a_submission_that_vanishes_meanwhile_keeps_its_earlier_marks(course: Path) -> None:
    def vanish(result: Result) -> None:
        if result.student == "ann":
            shutil.rmtree(course / "submitted" / "finn")

    results = run_class(course, NAME, ["ann", "finn", "cem"], vanish, again=True)
    assert [result.status for result in results] == [ResultStatus.GRADED, ResultStatus.ERROR, ResultStatus.GRADED]
    assert "There is no tiny.ipynb" in results[1].message
    assert small_class.marks(course) == MARKS
