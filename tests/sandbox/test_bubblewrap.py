"""Without Landlock, bubblewrap stands in: workers see neither the grader's files nor each other's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.assignment import Assignment
from autograder.grading.grade import grade_notebook
from autograder.grading.submission import merge
from autograder.results import CheckStatus
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import Isolation, Method, probe_isolation


@pytest.fixture(scope="module")
def bubblewrap() -> Isolation:
    isolation = probe_isolation(landlock_abi=0)
    if isolation.method is not Method.BUBBLEWRAP:
        assert not isolation.safe
        assert any("bubblewrap" in sentence for sentence in isolation.missing)
        pytest.skip("bubblewrap does not work here; the sandbox refuses, as it should")
    return isolation


@pytest.fixture(scope="module")
def wrapped(bubblewrap: Isolation) -> Iterator[ForkServer]:
    with ForkServer(isolation=bubblewrap) as server:
        yield server


def test_it_hides_the_graders_files_and_leaves_a_worker_its_own(
    wrapped: ForkServer, tmp_path: Path, run_cell: Any
) -> None:
    (tmp_path / "secret").write_text("solution")
    with wrapped.worker() as worker:
        assert run_cell(worker, f"open({str(tmp_path / 'secret')!r})").error == "FileNotFoundError"
        assert run_cell(worker, "open('mine.txt', 'w').write('x')").result == "1"
        assert run_cell(worker, "import torch; torch.ones(2).sum().item()").result == "2.0"


def test_a_neighbour_cannot_be_seen_read_or_changed(wrapped: ForkServer, run_cell: Any) -> None:
    with wrapped.worker() as one, wrapped.worker() as other:
        where = run_cell(other, "open('answer.txt', 'w').write('42'); import os; os.getcwd()").result
        process = run_cell(other, "os.getpid()").result
        assert run_cell(one, f"open({where} + '/answer.txt', 'r+')").error == "FileNotFoundError"
        assert run_cell(one, f"import os; os.listdir({where})").error == "FileNotFoundError"
        assert run_cell(one, "{*os.listdir('..')} == {'proc', os.path.basename(os.getcwd())}").result == "True"
        assert run_cell(one, f"os.listdir('/proc/{process}')").error == "FileNotFoundError"
        assert run_cell(other, "open('answer.txt').read()").result == "'42'"


@pytest.mark.parametrize("place", ["../left", "../home/left", "/dev/shm/left", "/dev/left", "/tmp/left", "/proc/left"])
def test_nothing_can_be_left_for_the_next_worker(place: str, wrapped: ForkServer, run_cell: Any) -> None:
    with wrapped.worker() as worker:
        assert run_cell(worker, f"open({place!r}, 'w')").error in ("OSError", "FileNotFoundError", "PermissionError")


def test_root_without_privileges_cannot_write_the_kernels_settings(wrapped: ForkServer, run_cell: Any) -> None:
    with wrapped.worker() as worker:
        source = "import os; os.open('/proc/sys/kernel/core_pattern', os.O_WRONLY)"
        assert run_cell(worker, source).error == "FileNotFoundError"
        assert run_cell(worker, "sorted(os.listdir('/proc'))").result == "['cpuinfo', 'meminfo']"


def test_the_files_of_a_submission_are_there_and_the_rest_is_watched(
    wrapped: ForkServer, tmp_path: Path, run_cell: Any
) -> None:
    (tmp_path / "helper.py").write_text("VALUE = 41")
    with wrapped.worker(tmp_path) as worker:
        assert run_cell(worker, "import helper; helper.VALUE + 1").result == "42"


ANSWER = """
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("the kernel does not fit")
    Y = X.new_zeros(h - kh + 1, w - kw + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
    return Y
"""


def test_an_honest_answer_has_its_full_marks(wrapped: ForkServer, conv_layer: Assignment) -> None:
    notebook = merge(conv_layer.master, conv_layer.master)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    cells["corr2d"].source = ANSWER
    notebook.cells = [cells[name] for name in ("setup", "corr2d", "check-corr2d")]
    result = grade_notebook(conv_layer, notebook, Path("notebook.ipynb"), wrapped, "student").result
    question = next(question for question in result.questions if question.id == "corr2d")
    assert {check.status for check in question.checks} == {CheckStatus.PASSED}
