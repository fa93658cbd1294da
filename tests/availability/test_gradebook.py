"""A gradebook that is locked, damaged, of another version or half made: told in sentences, and no mark is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import small_class
from classes import run_class
from small_class import MARKS, NAME, change_gradebook

from autograder.course import Course
from autograder.grading.class_run import register
from autograder.grading.gradebook import PATIENCE_S, GradebookFailed, patient
from autograder.grading.nbgrader_run import Nbgrader
from autograder.results import Result

IMPATIENT = "AUTOGRADER_DB_URL"


def locked(course: Path) -> sqlite3.Connection:
    """A connection that keeps everybody else out until it is closed."""
    holder = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    return holder


def enter(course: Path) -> None:
    """Enter the assignment into the gradebook."""
    with Nbgrader(Course(course)) as nbgrader:
        register(nbgrader, NAME)


def url(course: Path, timeout_s: float) -> str:
    return f"sqlite:///{course}/gradebook.db?timeout={timeout_s}"


def test_a_locked_gradebook_is_told_and_keeps_its_marks(course: Path) -> None:
    with closing(locked(course)):
        finished = small_class.grade(course, **{IMPATIENT: url(course, 0.1)})
    assert finished.code == 1
    assert "database is locked" in finished.said
    assert "formgrader" in finished.said
    assert small_class.marks(course) == MARKS


def test_a_gradebook_that_is_locked_halfway_leaves_the_rest_ungraded_and_says_so(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(IMPATIENT, url(course, 0.1))
    change_gradebook(course, "UPDATE grade SET auto_score = -1")
    holders = []

    def lock(result: Result) -> None:
        if result.student == "ann":
            holders.append(locked(course))

    results = run_class(course, NAME, list(MARKS), lock)
    holders[0].close()
    assert [result.status.value for result in results] == ["graded", *["error"] * (len(MARKS) - 1)]
    assert all("database is locked" in result.message for result in results[1:])
    assert small_class.marks(course) == dict.fromkeys(MARKS, (-1, -1)) | {"ann": MARKS["ann"]}


def test_other_programs_are_waited_for() -> None:
    assert patient("sqlite:////a/b.db") == f"sqlite:////a/b.db?timeout={PATIENCE_S}"
    assert patient("sqlite:////a/b.db?timeout=5") == "sqlite:////a/b.db?timeout=5"
    assert patient("postgresql://me:secret@host/db") == "postgresql://me:secret@host/db"


def test_the_command_tells_of_a_damaged_gradebook_in_sentences(course: Path) -> None:
    (course / "gradebook.db").write_bytes(b"not a database" * 999)
    finished = small_class.grade(course)
    assert finished.code == 1
    assert "file is not a database" in finished.said
    assert "Put a backup in its place" in finished.said


@pytest.mark.parametrize("damage", [b"not a database" * 999, None], ids=["garbage", "truncated"])
def test_a_damaged_gradebook_is_told_and_left_as_it_is(course: Path, damage: bytes | None) -> None:
    gradebook = course / "gradebook.db"
    before = damage or gradebook.read_bytes()[: gradebook.stat().st_size // 3]
    gradebook.write_bytes(before)
    with pytest.raises(GradebookFailed, match=r"cannot be used.*backup"):
        enter(course)
    assert gradebook.read_bytes() == before


@pytest.mark.parametrize(
    ("version", "words"), [("167914646830", "an older version"), ("0123456789ab", "another, probably newer")]
)
def test_a_gradebook_of_another_nbgrader_is_left_as_it_is(course: Path, version: str, words: str) -> None:
    change_gradebook(
        course, f"UPDATE alembic_version SET version_num = '{version}'", "ALTER TABLE grade DROP COLUMN extra_credit"
    )
    before = (course / "gradebook.db").read_bytes()
    with pytest.raises(GradebookFailed, match=words):
        enter(course)
    assert (course / "gradebook.db").read_bytes() == before


def test_a_gradebook_that_is_killed_while_it_is_made_is_made_anew(fresh_course: Path, tmp_path: Path) -> None:
    deadly = tmp_path / "bin" / "alembic"  # nbgrader asks this program for the version, after it has made the tables
    deadly.parent.mkdir()
    deadly.write_text(f"#!{sys.executable}\nimport os\nos.kill(os.getppid(), 9)\n")
    deadly.chmod(0o755)
    path = os.pathsep.join([str(deadly.parent), os.environ["PATH"]])
    assert small_class.grade(fresh_course, PATH=path).code == -9
    assert small_class.grade(fresh_course).code == 0
    assert small_class.row_counts(fresh_course)["alembic_version"] == 1
    assert small_class.marks(fresh_course) == MARKS


def test_an_assignment_that_is_half_in_the_gradebook_is_entered_whole(course: Path) -> None:
    whole = small_class.row_counts(course)
    for table in ("grade", "comment", "submitted_notebook", "submitted_assignment"):
        change_gradebook(course, f"DELETE FROM {table}")
    change_gradebook(course, "DELETE FROM source_cell WHERE name LIKE '%area%'", "DELETE FROM grade_cells WHERE id = 1")
    release = course / "release" / NAME
    before = release.stat().st_ino
    enter(course)
    after = small_class.row_counts(course)
    assert {name: after[name] for name in ("source_cell", "base_cell")} == {
        name: whole[name] for name in ("source_cell", "base_cell")
    }
    assert release.stat().st_ino == before  # a command that is killed must not have taken it away


def test_a_submissions_marks_are_entered_all_or_none(course: Path) -> None:
    change_gradebook(
        course,
        "UPDATE grade SET auto_score = -1",
        "CREATE TRIGGER refuse BEFORE UPDATE ON grade WHEN NEW.cell_id = "
        "(SELECT id FROM base_cell WHERE name = 'check-area') "
        "BEGIN SELECT RAISE(FAIL, 'not this one'); END",
    )
    (result,) = run_class(course, NAME, ["cem"])
    assert result.status.value == "error"
    assert "not this one" in result.message
    assert small_class.marks(course)["cem"] == (-1, -1)


def test_nbgraders_own_command_enters_the_same_marks(course: Path) -> None:
    change_gradebook(course, "UPDATE grade SET auto_score = -1")
    shutil.rmtree(course / "autograded" / "cem")
    command = [sys.executable, "-m", "nbgrader", "autograde", NAME, "--student", "cem"]
    finished = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert small_class.marks(course)["cem"] == MARKS["cem"]
