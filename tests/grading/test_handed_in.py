"""What is no file in a submission is not followed: by collecting, by copying, by grading."""

import os
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory

from autograder.grading.handed_in import CollectFilesAlone, no_files, remove_copies

SECRET = "the solution"


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    """A folder with an answer, links to what is outside, and a pipe."""
    secrets = tmp_path / "source"
    secrets.mkdir()
    (secrets / "solution.py").write_text(SECRET)
    folder = tmp_path / "submission"
    (folder / "inner").mkdir(parents=True)
    (folder / "answer.ipynb").write_text("{}")
    (folder / "inner" / "data[1].csv").write_text("1, 2")
    (folder / "link.py").symlink_to(secrets / "solution.py")
    (folder / "inner" / "[a-z].py").symlink_to(secrets / "solution.py")
    (folder / "folder").symlink_to(secrets)
    (folder / "dangling").symlink_to("nowhere")
    os.mkfifo(folder / "pipe")
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_links_and_pipes_are_no_files_and_nothing_is_followed(submission: Path) -> None:
    assert {str(entry) for entry in no_files(submission)} == {
        "link.py", "inner/[a-z].py", "folder", "dangling", "pipe",
    }  # fmt: skip


def test_collecting_takes_files_alone(submission: Path, tmp_path: Path) -> None:
    collecting = CollectFilesAlone(coursedir=CourseDirectory())
    ignored = collecting.coursedir.ignore
    collecting.do_copy(str(submission), str(tmp_path / "collected"))
    assert contents(tmp_path / "collected") == {"answer.ipynb": "{}", "inner/data[1].csv": "1, 2"}
    assert collecting.coursedir.ignore == ignored


def test_a_submission_that_is_a_link_is_not_collected(submission: Path, tmp_path: Path) -> None:
    (tmp_path / "inbound").symlink_to(tmp_path / "source")
    CollectFilesAlone(coursedir=CourseDirectory()).do_copy(str(tmp_path / "inbound"), str(tmp_path / "collected"))
    assert not (tmp_path / "collected").exists()


def test_what_was_copied_for_a_link_is_removed_again(submission: Path, tmp_path: Path) -> None:
    copied = tmp_path / "autograded"
    (copied / "inner").mkdir(parents=True)
    (copied / "folder").mkdir()
    for name in ("answer.ipynb", "link.py", "inner/data[1].csv", "inner/[a-z].py", "folder/solution.py"):
        (copied / name).write_text(SECRET if name.endswith("py") else "1")
    remove_copies(no_files(submission), copied)
    assert set(contents(copied)) == {"answer.ipynb", "inner/data[1].csv"}
