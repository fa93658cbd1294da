"""A worker's folder: filled with regular files only, watched, and removed whatever is in it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.sandbox.limits import Limits
from autograder.sandbox.scratch import TooManyFiles, create_scratch, regular_files, remove_scratch, scratch_is_over


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    folder = tmp_path / "submission"
    (folder / "data").mkdir(parents=True)
    (folder / "helper.py").write_text("X = 1")
    (folder / "data" / "image.bin").write_bytes(b"123")
    return folder


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "base"
    folder.mkdir()
    return folder


def test_regular_files_are_copied_with_their_folders(submission: Path, base: Path) -> None:
    scratch = create_scratch(base, submission, Limits())
    assert (scratch / "helper.py").read_text() == "X = 1"
    assert (scratch / "data" / "image.bin").read_bytes() == b"123"


def test_links_pipes_and_what_they_lead_to_are_left_out(submission: Path, base: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("solution")
    (submission / "link").symlink_to(tmp_path / "secret")
    (submission / "up").symlink_to(tmp_path)
    os.mkfifo(submission / "pipe")
    scratch = create_scratch(base, submission, Limits())
    assert sorted(str(path.relative_to(scratch)) for path in scratch.rglob("*")) == [
        "data", "data/image.bin", "helper.py",
    ]  # fmt: skip


@pytest.mark.parametrize("limits", [replace(Limits(), scratch_files=4), replace(Limits(), scratch_bytes=10)])
def test_too_many_or_too_large_files_are_refused_and_nothing_stays_behind(
    limits: Limits, submission: Path, base: Path
) -> None:
    with pytest.raises(TooManyFiles):
        create_scratch(base, submission, limits)
    assert list(base.iterdir()) == []


def test_what_is_left_out_counts_for_nothing(submission: Path) -> None:
    for number in range(50):
        (submission / ".venv" / str(number)).mkdir(parents=True)
    (submission / ".venv" / "large").write_bytes(bytes(1 << 20))
    (submission / ".hidden").write_bytes(bytes(1 << 20))
    found = regular_files(submission, 1 << 16, 10, leave_out=lambda name: name.startswith("."))
    assert sorted(str(path) for path, _ in found) == ["data/image.bin", "helper.py"]


def test_a_folder_is_over_its_limit_in_bytes_or_in_files(base: Path) -> None:
    limits = replace(Limits(), scratch_bytes=1 << 16, scratch_files=3)
    scratch = create_scratch(base, None, limits)
    assert not scratch_is_over(scratch, limits)
    (scratch / "large").write_bytes(os.urandom(1 << 17))
    assert scratch_is_over(scratch, limits)
    (scratch / "large").unlink()
    assert not scratch_is_over(scratch, limits)
    (scratch / "a" / "b" / "c" / "d").mkdir(parents=True)
    assert scratch_is_over(scratch, limits)


def test_a_folder_deeper_than_a_path_is_long_is_over(base: Path) -> None:
    scratch = create_scratch(base, None, Limits())
    here = os.open(scratch, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=here)
        deeper = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    assert scratch_is_over(scratch, Limits())
    remove_scratch(scratch)
    assert not scratch.exists()


def test_a_link_out_of_the_folder_is_removed_and_not_followed(base: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    scratch = create_scratch(base, None, Limits())
    (scratch / "link").symlink_to(outside)
    (scratch / "inner").mkdir()
    (scratch / "inner" / "link").symlink_to(outside)
    remove_scratch(scratch)
    assert not scratch.exists()
    assert (outside / "kept").exists()
