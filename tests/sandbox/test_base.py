"""Folders of graders that were killed are removed, and those in use are not."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from autograder.sandbox.base import make_base, sweep_bases


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def aged(base: Path) -> Path:
    os.utime(base, (time.time() - 3600,) * 2)
    return base


def test_a_folder_whose_grader_is_gone_is_removed_with_all_in_it() -> None:
    base, mark = make_base()
    (base / "worker-1").mkdir()
    (base / "worker-1" / "file").touch()
    mark.close()
    sweep_bases()
    assert base.exists()  # it is young
    aged(base)
    sweep_bases()
    assert not base.exists()


def test_a_folder_in_use_stays() -> None:
    base, mark = make_base()
    aged(base)
    sweep_bases()
    assert base.exists()
    mark.close()


def test_a_folder_of_somebody_else_stays(tmp_path: Path) -> None:
    other = tmp_path / "autograder-notes"
    other.mkdir()
    aged(other)
    sweep_bases()
    assert other.exists()
