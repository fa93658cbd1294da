"""What can go wrong around a class, told in sentences and with nothing lost."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from classes import run_class
from tests_support import hand_in, make_course

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.class_run import register
from autograder.grading.nbgrader_run import Nbgrader
from autograder.report.verdict import read_verdict
from autograder.results import Result, ResultStatus


def enter(course: Course) -> None:
    with Nbgrader(course) as nbgrader:
        register(nbgrader, "conv_layer")


def change_cells(course: Course, change: str, which: str) -> None:
    with closing(sqlite3.connect(course.root / "gradebook.db")) as gradebook:
        assert gradebook.execute(f"UPDATE source_cell SET {change} WHERE {which}").rowcount == 1
        gradebook.commit()


def setup_cell(course: Course) -> str:
    with closing(sqlite3.connect(course.root / "gradebook.db")) as gradebook:
        (source,) = gradebook.execute("SELECT source FROM source_cell WHERE name = 'setup'").fetchone()
    return str(source)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(make_course(tmp_path))


def test_a_corrupt_gradebook_is_told_and_left_as_it_is(course: Course) -> None:
    (course.root / "gradebook.db").write_bytes(b"not a database, but what is left of one" * 100)
    with pytest.raises(AutograderError, match="gradebook cannot be used"):
        enter(course)
    assert (course.root / "gradebook.db").read_bytes().startswith(b"not a database")


def test_an_assignment_that_is_not_built_here_says_how_to_build_it(course: Course) -> None:
    course.module("conv_layer").with_suffix(".ipynb").unlink()
    with pytest.raises(AutograderError, match="build conv_layer"):
        enter(course)


def test_a_source_that_is_newer_than_the_release_is_told_before_anybody_is_graded(course: Course) -> None:
    enter(course)
    built = course.module("conv_layer").with_suffix(".ipynb")
    built.write_text(built.read_text().replace("import torch\\n", "import torch  # new\\n", 1))
    enter(course)  # what the gradebook has is what is released
    (course.root / "gradebook.db").unlink()
    with pytest.raises(AutograderError, match="is not what release/conv_layer was built from: setup differ"):
        enter(course)


def test_a_rebuilt_assignment_takes_the_place_of_the_one_in_the_gradebook(course: Course) -> None:
    enter(course)
    change_cells(course, "checksum = '', source = 'of an older release'", "name = 'setup'")
    enter(course)
    assert "older" not in setup_cell(course)


def test_a_submission_without_its_notebook_is_a_result_and_its_neighbour_is_graded(course: Course) -> None:
    hand_in(course.root, "neighbour", {}, origin="release")
    (course.root / "submitted" / "forgot" / "conv_layer").mkdir(parents=True)
    (course.root / "submitted" / "forgot" / "conv_layer" / "notes.txt").write_text("no notebook here")
    heard: list[Result] = []
    results = run_class(course.root, "conv_layer", ["forgot", "neighbour"], heard.append)
    assert [result.status for result in results] == [ResultStatus.ERROR, ResultStatus.GRADED]
    assert "conv_layer.ipynb" in results[0].message
    assert heard == results


def test_why_a_submission_was_refused_is_kept_until_it_can_be_graded(course: Course) -> None:
    folder = course.root / "submitted" / "forgot" / "conv_layer"
    folder.mkdir(parents=True)
    (refused,) = run_class(course.root, "conv_layer", ["forgot"])
    assert read_verdict(course.verdict("conv_layer", "forgot")) == refused
    assert not course.record("conv_layer", "forgot").exists()
    hand_in(course.root, "forgot", {}, origin="release")
    (graded,) = run_class(course.root, "conv_layer", ["forgot"])
    assert graded.status is ResultStatus.GRADED
    (folder / "conv_layer.ipynb").unlink()
    assert run_class(course.root, "conv_layer", ["forgot"])[0].status is ResultStatus.ERROR
    assert read_verdict(course.verdict("conv_layer", "forgot")) == graded  # its marks are in the gradebook


def test_the_seed_is_drawn_once_and_kept(course: Course) -> None:
    first = course.seed()
    assert course.seed() == first
    (course.root / ".autograder" / "seed").write_text("a word")
    with pytest.raises(AutograderError, match="cannot be read"):
        course.seed()


def test_a_seed_that_a_killed_command_left_empty_is_drawn(course: Course) -> None:
    path = course.root / ".autograder" / "seed"
    path.parent.mkdir()
    path.touch()
    seed = course.seed()
    assert path.read_text() == f"{seed}\n"
    assert course.seed() == seed


def test_commands_that_draw_the_seed_at_once_agree_on_it(course: Course) -> None:
    (course.root / ".autograder").mkdir()
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: course.seed(), range(64)))) == 1


def test_the_key_of_the_pages_numbers_is_drawn_once_kept_to_its_owner_and_no_seed(course: Course) -> None:
    first, path = course.page_key(), course.root / ".autograder" / "page_key"
    assert len(first) == 32
    assert course.page_key() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert not (course.root / ".autograder" / "seed").exists()
    for damaged in ("a word", "00ff"):
        path.write_text(damaged)
        with pytest.raises(AutograderError, match="Remove it to draw a new one"):
            course.page_key()
