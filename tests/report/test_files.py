import errno
import json
import os
import tempfile
import threading
from pathlib import Path

import pytest

from autograder.errors import AutograderError, UsageError
from autograder.report.files import json_bytes, require_place, write_atomically


def test_a_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_atomically(tmp_path / "report.json", b"old")
    write_atomically(tmp_path / "report.json", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("report.json", b"new")]


def test_a_new_report_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "report", b"")
    (tmp_path / "other").touch()
    assert (tmp_path / "report").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_full_disk_leaves_the_old_report_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AutograderError) as caught:
        write_atomically(path, b"new")
    assert "No space left" in caught.value.why
    assert "Free some space" in caught.value.fix
    assert [(left.name, left.read_bytes()) for left in tmp_path.iterdir()] == [("report.json", b"old")]


def test_an_interrupted_writing_leaves_the_old_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old")

    def interrupt(*paths: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert [(left.name, left.read_bytes()) for left in tmp_path.iterdir()] == [("report.json", b"old")]


def test_a_folder_that_is_missing_or_no_folder_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    names = ("missing/x", "file/x", ".", "circle", "x" * 300)
    for path in (tmp_path / name for name in names):
        with pytest.raises(AutograderError) as caught:
            write_atomically(path, b"new")
        assert caught.value.what
        assert caught.value.why
        assert caught.value.fix


NOBODY = 65534


def test_an_unwritable_folder_is_an_error_in_words() -> None:
    # Not in pytest's own folder, which nobody else may enter; and as nobody, for root may write anywhere.
    with tempfile.TemporaryDirectory() as name:
        folder, user = Path(name), os.geteuid()
        folder.chmod(0o555)
        if user == 0:
            os.seteuid(NOBODY)
        try:
            with pytest.raises(AutograderError, match="Make the folder writable"):
                write_atomically(folder / "report.json", b"new")
        finally:
            if user == 0:
                os.seteuid(0)
            folder.chmod(0o755)


def test_a_full_device_is_an_error_in_words() -> None:
    with pytest.raises(AutograderError, match="Free some space"):
        write_atomically(Path("/dev/full"), b"new")


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_atomically(pipe, b"new")
    reader.join()
    assert read == [b"new"]
    assert pipe.is_fifo()


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_json_is_the_same_data_but_no_order_to_github() -> None:
    content = json_bytes({"a": "##[error]é"})
    assert b"##[" not in content
    assert json.loads(content) == {"a": "##[error]é"}


def test_json_refuses_numbers_that_it_has_no_word_for() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_bytes([float("nan")])


def test_a_place_where_a_file_can_be_written_is_taken_and_nothing_is_left_there(tmp_path: Path) -> None:
    (tmp_path / "there.json").write_bytes(b"old")
    for name in ("there.json", "new.json"):
        require_place(tmp_path / name)
    require_place(Path(os.devnull))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("there.json", b"old")]


def test_a_folder_in_which_no_file_can_be_made_is_told_before_any_grading() -> None:
    # not even root may make a file in /proc
    with pytest.raises(UsageError) as refused:
        require_place(Path("/proc/report.json"))
    assert refused.value.what == "No report can be written to /proc/report.json."
    assert refused.value.why.startswith("The system says: ")
    assert refused.value.fix


def test_a_folder_without_permission_to_write_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    with pytest.raises(UsageError, match="Make the folder writable"):
        require_place(tmp_path / "report.json")


def test_links_in_a_circle_are_no_place(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(UsageError):
        require_place(tmp_path / "a")
