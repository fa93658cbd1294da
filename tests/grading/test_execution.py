"""A submission's run: workers that are killed from outside, workers without convolutions, and limits."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from nbformat import NotebookNode

from autograder.grading import execution as execution_module
from autograder.grading.execution import MAX_RESTARTS, Execution, GradingFailed
from autograder.probe.answers import Raised, Returned, TensorValue
from autograder.probe.operations import CONVOLUTIONS
from autograder.probe.steps import Batch, Call, Input, Ref, Stage
from autograder.properties import Question, SubmissionLimits, functions, oracle, strategies
from autograder.properties.functions import function
from autograder.properties.judge import Unanswered
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.limits import Limits
from autograder.sandbox.worker import Worker

PROPERTY = functions.values(function("f", strategies.single_channel(), oracle.cross_correlation), 1)
PLAIN = Question("plain", "Any way", (PROPERTY,))
FORBIDDING = Question("forbidding", "Without convolutions", (PROPERTY,), forbid=CONVOLUTIONS)
SETUP = "import torch\nfrom torch.nn import functional as F"
TWICE = "def f(x):\n    return 2 * x"
BY_CONVOLUTION = "g = F.conv1d\ndef f(x):\n    return g(x[None, None], torch.tensor([[[2.0]]]))[0, 0]"


class Unlucky(ForkServer):
    """A fork server whose next workers are killed as soon as they are there."""

    unlucky = 0

    def worker(self, files: Path | None = None, *, limits: Limits = Limits()) -> Worker:  # noqa: B008 (frozen)
        worker = super().worker(files, limits=limits)
        if self.unlucky > 0:
            self.unlucky -= 1
            signal.pidfd_send_signal(worker._pidfd, signal.SIGKILL)
        return worker


@pytest.fixture(scope="module")
def one_server() -> Iterator[Unlucky]:
    with Unlucky() as server:
        yield server


@pytest.fixture
def unlucky(one_server: Unlucky) -> Unlucky:
    one_server.unlucky = 0
    return one_server


def execution(server: ForkServer, *cells: str, **limits: Any) -> Execution:
    run = Execution(server, None, "cpu", SubmissionLimits(**limits))
    for cell in (SETUP, *cells):
        run.run_cell(cell)
    return run


def asked(run: Execution, question: Question = PLAIN) -> object:
    """What ``f`` answers to tensor([3.])."""
    stage = Stage({"x": Input.like(torch.tensor([3.0]))}, (Call("Y", "f", (Ref("x"),)),))
    answer = run.ask(Batch(((stage,),)), question, lend=False, time_limit_s=None).answers[0]["Y"]
    if isinstance(answer, Raised):
        return f"{answer.type_name}: {answer.message}"
    assert isinstance(answer, Returned)
    assert isinstance(answer.value, TensorValue)
    return answer.value.data.tolist()


def text(outputs: list[NotebookNode]) -> str:
    return "".join(output.get("text") or output.get("evalue") or "" for output in outputs)


# ------------------------------------------------------------------------------------------------- killed from outside


def test_workers_killed_from_outside_cost_nothing(unlucky: Unlucky) -> None:
    run = execution(unlucky, TWICE)
    unlucky.unlucky = 3
    run.close()
    assert asked(run) == [6.0]
    unlucky.unlucky = 3
    run.close()
    assert text(run.run_cell("print(f(torch.ones(1)))")) == "tensor([2.])\n"
    run.close()


def test_a_killed_fork_server_costs_nothing(unlucky: Unlucky) -> None:
    run = execution(unlucky, TWICE)
    for _ in range(2):
        assert unlucky._process is not None
        unlucky._process._popen.kill()
        assert asked(run) == [6.0]
    run.close()


def test_code_that_kills_itself_again_and_again_is_answered_in_the_end(unlucky: Unlucky) -> None:
    run = execution(unlucky, TWICE)
    unlucky.unlucky = 10 * MAX_RESTARTS
    run.close()
    with pytest.raises(Unanswered, match="SIGKILL"):
        asked(run)
    assert 10 * MAX_RESTARTS - unlucky.unlucky == MAX_RESTARTS + 1
    run.close()


def test_where_no_worker_starts_the_grader_says_so_and_no_mark_is_lost(
    unlucky: Unlucky, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = execution(unlucky, TWICE)
    run.close()
    unlucky.close()
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(GradingFailed, match="could not be started"):
        asked(run)


# --------------------------------------------------------------------------------------------- without convolutions


def test_a_question_that_forbids_finds_no_convolution_and_others_do(unlucky: Unlucky) -> None:
    run = execution(unlucky, BY_CONVOLUTION)
    assert "aten::conv1d was called" in str(asked(run, FORBIDDING))
    assert asked(run, PLAIN) == [6.0]
    run.close()


def test_what_is_forbidden_was_never_there_for_the_cells(unlucky: Unlucky) -> None:
    hoarding = (
        "kernel = torch.library.get_kernel('aten::_slow_conv2d_forward', 'CPU')\n"
        "keys = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)\n"
        "def f(x):\n"
        "    x, k = x[None, None, None], torch.full((1, 1, 1, 1), 2.0)\n"
        "    return kernel.call_boxed(keys, x, k, [1, 1], None, [1, 1], [0, 0])[0, 0, 0]"
    )
    run = execution(unlucky, hoarding)
    assert asked(run, PLAIN) == [6.0]
    assert "_slow_conv2d_forward was called" in str(asked(run, FORBIDDING))
    run.close()


def test_a_comparison_with_a_convolution_costs_no_definition_after_it(unlucky: Unlucky) -> None:
    comparing = f"want = F.conv1d(torch.ones(1, 1, 3), torch.ones(1, 1, 1))\nassert want.shape == (1, 1, 3)\n{TWICE}"
    run = execution(unlucky, comparing)
    assert asked(run, FORBIDDING) == [6.0]
    run.close()


def test_a_cell_that_failed_goes_no_further_where_convolutions_are_forbidden(unlucky: Unlucky) -> None:
    run = execution(unlucky, TWICE, "raise ValueError\ndef f(x):\n    return x")
    assert asked(run, FORBIDDING) == [6.0]
    assert asked(run, PLAIN) == [6.0]
    run.close()


def test_what_stood_before_the_line_that_failed_is_there_where_convolutions_are_forbidden(unlucky: Unlucky) -> None:
    run = execution(unlucky, f"F.conv1d(torch.ones(1, 1, 3), torch.ones(1, 1, 1))\n{TWICE}\nraise ValueError\nf = None")
    assert asked(run, FORBIDDING) == [6.0]
    assert asked(run, PLAIN) == [6.0]
    run.close()


@pytest.mark.parametrize("question", [PLAIN, FORBIDDING], ids=lambda question: question.id)
def test_what_a_cell_defined_before_it_was_stopped_is_there(unlucky: Unlucky, question: Question) -> None:
    run = execution(unlucky, f"{TWICE}\nfor forever in iter(int, 1):\n    pass\nf = None", cell_s=1)
    assert asked(run, question) == [6.0]
    for seat in run._seats.values():
        seat.close()
    assert asked(run, question) == [6.0]
    run.close()


def test_cells_that_run_twice_have_their_time_twice(unlucky: Unlucky) -> None:
    run = execution(unlucky, "import time\ntime.sleep(1.5)", TWICE, cell_s=2, property_s=1, submission_s=2.5)
    assert asked(run, FORBIDDING) == [6.0]
    assert asked(run, PLAIN) == [6.0]
    run.close()


def test_cells_after_the_first_check_are_seen_by_the_next(unlucky: Unlucky) -> None:
    run = execution(unlucky, TWICE)
    assert asked(run, FORBIDDING) == [6.0]
    run.run_cell("def f(x):\n    return 3 * x")
    assert asked(run, FORBIDDING) == [9.0]
    run.close()


# ------------------------------------------------------------------------------------------------------------ limits


def test_a_cell_is_stopped_after_the_assignments_time(unlucky: Unlucky) -> None:
    run = execution(unlucky, TWICE, cell_s=0.5)
    # of processor time; or, on a busy machine, of twice that on the clock
    assert re.search("stopped after 0.5 s|running after 1 s", text(run.run_cell("while True: pass")))
    assert asked(run) == [6.0]
    run.close()


def test_a_call_is_stopped_after_the_assignments_time(unlucky: Unlucky) -> None:
    run = execution(unlucky, "def f(x):\n    while True: pass", property_s=0.5)
    with pytest.raises(Unanswered, match=r"no answer within 0\.5 s"):
        asked(run)
    run.close()


def test_a_submission_is_stopped_after_the_assignments_time(unlucky: Unlucky) -> None:
    run = execution(unlucky, cell_s=1, property_s=1, submission_s=1)
    run.run_cell("import time\ntime.sleep(60)")
    assert "the whole notebook took more than 1 s" in text(run.run_cell("1"))
    run.close()


def test_a_cell_prints_and_displays_no_more_than_the_assignment_allows(unlucky: Unlucky) -> None:
    run = execution(unlucky, output_mb=1)
    assert "this cell printed more than 0.125 MiB" in text(run.run_cell("print('x' * 200_000)"))
    shown = run.run_cell("from IPython.display import HTML, display\ndisplay(HTML('x' * 2_000_000))")
    assert "this cell displayed more than 1 MiB" in text(shown)
    assert text(run.run_cell("print('x' * 100_000)")) == "x" * 100_000 + "\n"
    run.close()


def test_a_notebook_shows_no_more_than_two_of_its_cells_may(unlucky: Unlucky) -> None:
    run = execution(unlucky, output_mb=1)
    showing = "from IPython.display import HTML, display\ndisplay(HTML('x' * 900_000))"
    outputs = [run.run_cell(showing) for _ in range(4)]
    sizes = [sum(len(output.get("data", {}).get("text/html", "")) for output in cell) for cell in outputs]
    assert sizes[:2] == [900_000, 900_000]
    assert sum(sizes) <= 2 << 20
    assert "show more than 2 MiB" in text(outputs[3])
    run.close()


def test_a_notebook_gets_the_memory_that_the_assignment_allows(unlucky: Unlucky) -> None:
    more = "print(len(bytearray(1_500_000_000)))"
    generous, strict = execution(unlucky, memory_mb=4000), execution(unlucky, memory_mb=1500)
    assert text(generous.run_cell(more)) == "1500000000\n"
    assert strict.run_cell(more)[0].ename in ("MemoryError", "memory-limit")
    generous.close()
    strict.close()


@pytest.mark.parametrize(("number", "size"), [(30, 1), (15, 900_000)])
def test_a_notebook_writes_no_more_than_the_assignment_allows(number: int, size: int, unlucky: Unlucky) -> None:
    run = execution(unlucky, folder_mb=8, folder_files=20)
    assert "File too large" in text(run.run_cell("open('large', 'wb').write(bytes(2_000_000))"))
    writing = f"import time\nfor n in range({number}):\n    open(f'{{n}}', 'wb').write(bytes({size}))\ntime.sleep(20)"
    # the kernel's words, or the grader's where it looks
    assert re.search("No space left on device|wrote more files than it may", text(run.run_cell(writing)))
    run.close()


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"cell_s": 0}, "cell_s is 0, and has to be a number from 0.5"),
        ({"cell_s": "20"}, "cell_s is '20'"),
        ({"cell_s": float("nan")}, "cell_s is nan"),
        ({"memory_mb": 2500.5}, "memory_mb is 2500.5, and has to be a whole number"),
        ({"memory_mb": True}, "memory_mb is True"),
        ({"output_mb": 1000}, "from 1 to 64"),
        ({"submission_s": 30}, "less than one cell or property may take"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_limits_that_are_none_are_refused(wrong: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        SubmissionLimits(**wrong)


def test_cells_that_call_an_endless_function_leave_time_for_what_comes_after(
    unlucky: Unlucky, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution_module, "IMPATIENT_CELL_S", 0.5)
    endless = "def f(x):\n    while True:\n        pass"
    run = execution(unlucky, endless, cell_s=15, property_s=0.5, submission_s=30)
    with pytest.raises(Unanswered, match="no answer within"):
        asked(run)
    for _ in range(6):
        outputs = run.run_cell("f(1)")
    assert outputs[0].output_type == "error"
    run.run_cell(TWICE)
    assert asked(run) == asked(execution(unlucky, TWICE))
    run.close()
