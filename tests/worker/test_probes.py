"""A probe is passed on to the service with the student's names, and nothing it prints leaves the worker."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from autograder import lesson
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.outcomes import Outcome, WorkerLost
from autograder.sandbox.wire import pack
from autograder.sandbox.worker import Worker

# Stands in for the probe's service, within the worker only: calls the student's function by name. An import would find
# no such module, so it is taken from the worker's own functions.
SERVICE = """
outputs = get_ipython().display_pub.publish.__func__.__globals__["OUTPUTS"]
service = outputs.send.__func__.__globals__["service"]
def answer(message, tensors, namespace):
    result = namespace[message["name"]](*[tensors[name] for name in sorted(tensors)])
    return {"shape": list(result.shape)}, {"result": result}
service.answer = answer
"""


@pytest.fixture
def worker(fork_server: ForkServer, run_cell: Any) -> Iterator[Worker]:
    with fork_server.worker() as worker:
        assert run_cell(worker, SERVICE).ok
        yield worker


def ask(worker: Worker, name: str, *tensors: torch.Tensor) -> tuple[Any, dict[str, torch.Tensor], list[Any]]:
    events: list[Any] = []
    named = {str(number): tensor for number, tensor in enumerate(tensors)}
    reply, answers = worker.request({"do": "probe", "name": name}, named, time_limit_s=30, on_event=events.append)
    return reply, answers, events


def test_tensors_go_in_and_come_out(worker: Worker, run_cell: Any) -> None:
    run_cell(worker, "def add(a, b): return a + b")
    reply, answers, _ = ask(worker, "add", torch.ones(2, 3), torch.arange(3.0))
    assert reply == {"shape": [2, 3]}
    assert torch.equal(answers["result"], torch.ones(2, 3) + torch.arange(3.0))


def test_a_large_tensor_goes_both_ways(worker: Worker, run_cell: Any) -> None:
    run_cell(worker, "def same(a): return a")
    large = torch.randn(4_000_000)
    assert torch.equal(ask(worker, "same", large)[1]["result"], large)


def test_what_a_probed_function_prints_or_shows_stays_inside(worker: Worker, run_cell: Any) -> None:
    run_cell(
        worker,
        "import sys; kept = sys.stdout\n"
        "def noisy(a):\n"
        "    for _ in range(3000): print('x' * 1000); kept.write('x' * 1000); print('y', file=sys.stderr)\n"
        "    display('shown')\n"
        "    return a",
    )
    reply, _, events = ask(worker, "noisy", torch.ones(1))
    assert reply == {"shape": [1]}
    assert events == []
    assert [event["text"] for event in run_cell(worker, "print('heard')").events] == ["heard\n"]


@pytest.mark.parametrize(
    ("body", "failed"),
    [
        ("raise ValueError", "ValueError"),
        ("raise SystemExit", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("return torch.zeros(2, dtype=torch.complex128)", "TypeError"),
        ("return None", "AttributeError"),
    ],
)
def test_a_probe_that_fails_is_an_answer_and_the_worker_lives(
    body: str, failed: str, worker: Worker, run_cell: Any
) -> None:
    run_cell(worker, f"import torch\ndef bad(a):\n    {body}")
    assert ask(worker, "bad", torch.ones(1))[0] == {"failed": failed}
    assert run_cell(worker, "1 + 1").result == "2"


def test_a_probe_is_held_to_its_soft_time_limit(worker: Worker, run_cell: Any) -> None:
    run_cell(worker, "def slow():\n    while True: pass")
    reply, _ = worker.request({"do": "probe", "name": "slow", "time_limit_s": 0.2}, time_limit_s=60)
    assert reply == {"failed": "TimeLimitReached"}
    assert run_cell(worker, "1 + 1").result == "2"


def test_an_answer_prepared_before_the_question_is_refused(worker: Worker, run_cell: Any) -> None:
    prepared = bytes(pack({"reply": 1, "nonce": ""}))
    run_cell(worker, f"import os, signal\nsignal.signal(signal.SIGALRM, lambda *_: os.write(3, {prepared!r}))")
    with pytest.raises(WorkerLost) as lost:
        run_cell(worker, "signal.setitimer(signal.ITIMER_REAL, 0.01)\nwhile True: pass")
    assert lost.value.outcome is Outcome.PROTOCOL_VIOLATION


def test_a_notebook_does_not_find_what_answers_the_judge(fork_server: ForkServer, run_cell: Any) -> None:
    with fork_server.worker() as worker:
        assert run_cell(worker, "from autograder.probe import service").error == "ModuleNotFoundError"


def test_a_notebook_finds_what_its_figures_are_drawn_with_and_nothing_else_of_the_package(
    fork_server: ForkServer, run_cell: Any
) -> None:
    parts = sorted(path.stem for path in Path(lesson.__file__).parent.glob("*.py") if path.stem != "__init__")
    known = ["autograder.check", "autograder.lesson", *(f"autograder.lesson.{name}" for name in parts)]
    found = "[name for name in __import__('sys').modules if name.startswith('autograder.')]"
    with fork_server.worker() as worker:
        assert run_cell(worker, "from autograder.lesson.solving import when_solved").ok
        assert run_cell(worker, "from autograder.lesson.drawing import Box").ok
        assert run_cell(worker, f"sorted({found}) == {known}").result == "True"


def test_what_a_notebook_finds_of_the_package_leads_to_nothing_of_the_rest() -> None:
    for path in Path(lesson.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.partition(".")[0] == "autograder"], path.name
            assert not getattr(node, "level", 0)


def test_a_check_that_a_student_asks_for_in_a_cell_of_their_own_costs_them_nothing(
    fork_server: ForkServer, run_cell: Any
) -> None:
    source = "from autograder.check import check\ncheck('corr2d')\nanswer = 42"
    with fork_server.worker() as worker:
        assert run_cell(worker, source).ok
        assert run_cell(worker, "answer").result == "42"
