"""What travels with a notebook: what was handed in beside it, and nothing that only lies there."""

from pathlib import Path

import pytest

from autograder.grading.parcel import pack
from autograder.properties.limits import SubmissionLimits
from autograder.sandbox.scratch import TooManyFiles

LIMITS = SubmissionLimits(folder_mb=2, folder_files=20)


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.ipynb"
    path.write_text("{}")
    (tmp_path / "helper.py").write_text("X = 1")
    return path


def test_a_virtual_environment_or_a_repository_beside_it_costs_nothing(notebook: Path) -> None:
    for number in range(50):
        (notebook.parent / ".venv" / str(number)).mkdir(parents=True)
    for name in (".git/packed", "__pycache__/large.pyc", "tiny_old.ipynb", ".venv/large"):
        path = notebook.parent / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(2 << 20))
    assert pack(notebook, notebook, "ann", LIMITS).files == (("helper.py", b"X = 1"),)


def test_a_file_that_is_too_large_is_named_with_its_folder(notebook: Path) -> None:
    (notebook.parent / "data").mkdir()
    (notebook.parent / "data" / "large.bin").write_bytes(bytes(2 << 20))
    with pytest.raises(TooManyFiles, match=r"data/large\.bin"):
        pack(notebook, notebook, "ann", LIMITS)


def test_a_notebook_alone_takes_nothing_along(notebook: Path) -> None:
    assert pack(notebook, notebook, "ann").files == ()
