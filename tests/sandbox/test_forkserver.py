"""The fork server lives as long as the grader, comes back when it dies, and leaves nothing behind."""

import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox import isolation
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import IsolationMissing, probe_isolation
from autograder.sandbox.outcomes import Outcome, WorkerLost

GRADER = """
import os, signal
from autograder.sandbox.forkserver import ForkServer
server = ForkServer()
worker = server.worker()
found = []
source = "import os; print(os.getpid(), os.getppid())"
worker.request({"do": "cell", "source": source}, time_limit_s=30, on_event=found.append)
print(found[0]["text"].strip(), flush=True)
worker.request({"do": "cell", "source": "import time; time.sleep(1000)"}, time_limit_s=1000)
"""


def gone(process: int) -> bool:
    """Whether the process ends within a while."""
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    ended = bool(select.select([descriptor], [], [], 30)[0])
    os.close(descriptor)
    return ended


def test_when_the_grader_is_killed_its_fork_server_and_workers_die(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", GRADER], stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)}
    ) as grader:
        assert grader.stdout is not None
        processes = [int(word) for word in grader.stdout.readline().split()]
        grader.kill()
    assert len(processes) == 2
    assert all(gone(process) for process in processes)


def test_a_fork_server_that_died_is_started_again(run_cell: Any) -> None:
    with ForkServer() as server:
        worker = server.worker()
        parent = int(run_cell(worker, "import os; os.getppid()").result)
        os.kill(parent, signal.SIGKILL)
        assert gone(parent)
        with pytest.raises(WorkerLost) as lost:
            run_cell(worker, "while True: pass")
        assert lost.value.outcome is Outcome.LOST
        with server.worker() as fresh:
            assert run_cell(fresh, "1 + 1").result == "2"


def test_a_closed_server_leaves_no_process_and_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_cell: Any
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with ForkServer() as server:
        worker = server.worker()
        processes = run_cell(worker, "import os; print(os.getpid(), os.getppid())").events[0]["text"].split()
        assert list(tmp_path.iterdir()) != []
    assert all(gone(int(process)) for process in processes)
    assert list(tmp_path.iterdir()) == []
    assert not worker.alive


def test_a_server_started_in_a_thread_outlives_the_thread(run_cell: Any) -> None:
    with ForkServer() as server:
        thread = threading.Thread(target=lambda: server.worker().close())
        thread.start()
        thread.join()
        with server.worker() as worker:
            assert run_cell(worker, "1 + 1").result == "2"


def test_modules_are_loaded_beforehand_and_one_that_is_not_there_does_no_harm(run_cell: Any) -> None:
    with ForkServer(preload=["wave", "no_such_module"]) as server, server.worker() as worker:
        assert run_cell(worker, "import sys; 'wave' in sys.modules").result == "True"


def test_files_beside_the_notebook_are_there_and_can_be_imported(
    fork_server: ForkServer, tmp_path: Path, run_cell: Any
) -> None:
    (tmp_path / "helper.py").write_text("VALUE = 41")
    with fork_server.worker(tmp_path) as worker:
        assert run_cell(worker, "import helper; helper.VALUE + 1").result == "42"
        assert run_cell(worker, "open('helper.py', 'w').write('')").ok
    assert (tmp_path / "helper.py").read_text() == "VALUE = 41"


def test_where_nothing_isolates_the_server_refuses_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "working_bubblewrap", lambda: (None, "bubblewrap is not installed."))
    nothing = probe_isolation(landlock_abi=0)
    assert not nothing.safe
    with pytest.raises(IsolationMissing, match="bubblewrap"):
        ForkServer(isolation=nothing)


def test_what_is_in_force_is_said_in_words() -> None:
    here = probe_isolation()
    assert here.safe
    assert any("seccomp" in sentence for sentence in here.describe())
    assert any(str(here.method) in sentence for sentence in here.describe())


def test_worker_after_worker_leaves_no_descriptor_open(fork_server: ForkServer) -> None:
    fork_server.worker().close()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        fork_server.worker().close()
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_module_that_was_loaded_beforehand_does_not_settle_where_temporary_files_go(run_cell: Any) -> None:
    # PyTorch's compiler asks for the folder, and makes one in it, when it is imported
    with ForkServer(preload=("torch._dynamo",)) as server, server.worker() as worker:
        asked = run_cell(
            worker, "import os, sys, tempfile; 'torch._dynamo' in sys.modules, os.environ['TMPDIR']"
        ).result
        used = run_cell(worker, "import tempfile; True, tempfile.gettempdir()").result
    assert used == asked
