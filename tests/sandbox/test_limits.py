"""Whatever a notebook uses too much of, its worker ends with the right word, and the next one works."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import Method, probe_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Outcome, WorkerLost
from autograder.sandbox.wire import pack

LIMITS = Limits()
BLOCK_ALL_SIGNALS = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n"
ENDINGS = {
    "an endless loop": ("while True: pass", LIMITS, 0.5, Outcome.WALL_LIMIT),
    "a loop that is deaf": (BLOCK_ALL_SIGNALS + "while True: pass", LIMITS, 0.5, Outcome.WALL_LIMIT),
    "a long sleep": ("import time; time.sleep(1000)", LIMITS, 0.5, Outcome.WALL_LIMIT),
    "processor time": ("while True: pass", replace(LIMITS, cpu_s=1), 30.0, Outcome.CPU_LIMIT),
    "processor time, ignored": (
        "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass",
        replace(LIMITS, cpu_s=1), 30.0, Outcome.CPU_LIMIT,
    ),
    "a flood on descriptor 1": ("import os\nwhile True: os.write(1, b'x' * 65536)", LIMITS, 30.0, Outcome.OUTPUT_LIMIT),
    "a flood on descriptor 2": ("import os\nwhile True: os.write(2, b'x' * 65536)", LIMITS, 30.0, Outcome.OUTPUT_LIMIT),
    "a flood of frames": (
        "OUTPUTS = get_ipython().display_pub.publish.__func__.__globals__['OUTPUTS']\n"
        "while True: OUTPUTS.send({'output': 'stream', 'name': 'stdout', 'text': 'x' * 65536})",
        LIMITS, 30.0, Outcome.OUTPUT_LIMIT,
    ),
    "exit": ("import os; os._exit(0)", LIMITS, 30.0, Outcome.EXITED),
    "a crash": ("import ctypes; ctypes.string_at(8)", LIMITS, 30.0, Outcome.CRASHED),
    "an abort": ("import os; os.abort()", LIMITS, 30.0, Outcome.CRASHED),
    "an allocation that C++ cannot make": (
        "import os; os.write(2, b\"terminate called after throwing 'std::bad_alloc'\"); os.abort()",
        LIMITS, 30.0, Outcome.MEMORY_LIMIT,
    ),
    "garbage on the channel": ("import os; os.write(3, b'x' * 100)", LIMITS, 30.0, Outcome.PROTOCOL_VIOLATION),
    "a frame of eight exabytes": (
        "import os, struct; os.write(3, struct.pack('<4sIQ', b'AGW1', 2, 1 << 63))", LIMITS, 30.0,
        Outcome.PROTOCOL_VIOLATION,
    ),
    "a frame that never ends": (
        "import os, struct, time; os.write(3, struct.pack('<4sIQ', b'AGW1', 99, 0) + b'{'); time.sleep(1000)",
        LIMITS, 0.5, Outcome.WALL_LIMIT,
    ),
    "a forged reply": (
        f"import os; os.write(3, {bytes(pack({'reply': {'ok': True}, 'nonce': 'x'}))!r})",
        LIMITS, 30.0, Outcome.PROTOCOL_VIOLATION,
    ),
    "a closed channel": ("import os, time; os.close(3); time.sleep(1000)", LIMITS, 30.0, Outcome.CLOSED_CHANNEL),
    "a channel closed in passing": ("import os; os.close(3)", LIMITS, 30.0, Outcome.CLOSED_CHANNEL),
}  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda name: name.replace(" ", "-"))
def test_an_ending_has_its_own_word(ending: str, fork_server: ForkServer, run_cell: Any) -> None:
    source, limits, time_limit_s, outcome = ENDINGS[ending]
    with fork_server.worker(limits=limits) as worker:
        with pytest.raises(WorkerLost) as lost:
            run_cell(worker, source, time_limit_s=time_limit_s)
        assert lost.value.outcome is outcome
        assert not worker.alive
        assert "\n" not in lost.value.detail
        with pytest.raises(WorkerLost) as again:
            run_cell(worker, "1")
        assert again.value.outcome is outcome
    with fork_server.worker() as fresh:
        assert run_cell(fresh, "1 + 1").result == "2"


def test_a_cell_that_wants_too_much_memory_gets_an_exception_and_goes_on(worker: Any, run_cell: Any) -> None:
    assert run_cell(worker, "x = bytearray(10**11)").error == "MemoryError"
    assert run_cell(worker, "import torch; torch.empty(10**11)").error == "RuntimeError"
    assert run_cell(worker, "1 + 1").result == "2"


def error_or_loss(worker: Any, run_cell: Any, source: str) -> str:
    try:
        return str(run_cell(worker, source, time_limit_s=60.0).error)
    except WorkerLost as lost:
        return lost.outcome


def test_memory_that_is_held_until_nothing_is_left_is_an_error_or_the_memory_limit(worker: Any, run_cell: Any) -> None:
    hoard = "hoard = []\nwhile True: hoard.append(bytearray(1 << 16))"
    assert error_or_loss(worker, run_cell, hoard) in ("MemoryError", Outcome.MEMORY_LIMIT)


def test_one_file_is_bounded_in_size(worker: Any, run_cell: Any) -> None:
    assert run_cell(worker, "open('large', 'wb').write(bytes(1 << 26))").error == "OSError"


def test_a_cell_that_prints_without_end_gets_an_exception_and_the_notebook_goes_on(worker: Any, run_cell: Any) -> None:
    cell = run_cell(worker, "while True: print('x' * 1000)")
    assert cell.error == "TooMuchOutput"
    printed = sum(len(event.get("text", "")) for event in cell.events)
    assert 1_000_000 < printed <= 1 << 20
    assert run_cell(worker, "print('again')").events[0]["text"] == "again\n"


def test_what_was_written_straight_to_the_descriptors_is_kept(worker: Any, run_cell: Any) -> None:
    run_cell(worker, "import os; os.write(1, b'from C\\n'); os.write(2, b'and more\\n')")
    run_cell(worker, "1")
    worker.close()
    assert worker.raw_output == "from C\nand more\n"


def test_an_exit_is_told_with_its_code(worker: Any, run_cell: Any) -> None:
    with pytest.raises(WorkerLost, match=r"your code called exit \(code 3\)"):
        run_cell(worker, "import os; os._exit(3)")


@pytest.fixture(scope="module")
def watching() -> Iterator[ForkServer]:
    """Hands out workers with a folder on disk, as where nobody may mount."""
    here = probe_isolation()
    if here.method is Method.BUBBLEWRAP:
        pytest.skip("under bubblewrap a worker's folder is always in memory")
    with ForkServer(isolation=replace(here, own_folder=False)) as server:
        yield server


@pytest.mark.parametrize(
    ("source", "limits"),
    [
        ("open(f'{n}', 'w').close()", replace(LIMITS, scratch_files=50)),
        ("open(f'{n}', 'wb').write(bytes(1 << 20))", replace(LIMITS, scratch_bytes=1 << 24)),
        ("os.mkdir('d' * 200); os.chdir('d' * 200)", LIMITS),
    ],
    ids=["many-files", "many-large-files", "deeper-than-a-path-is-long"],
)
def test_on_disk_too_much_in_the_folder_ends_the_worker(
    source: str, limits: Limits, watching: ForkServer, run_cell: Any
) -> None:
    with watching.worker(limits=limits) as worker:
        with pytest.raises(WorkerLost) as lost:
            run_cell(worker, f"import os, time\nfor n in range(1900):\n    {source}\ntime.sleep(1000)")
        assert lost.value.outcome is Outcome.FILE_SIZE_LIMIT
    with watching.worker() as fresh:
        assert run_cell(fresh, "1 + 1").result == "2"


@pytest.mark.parametrize("server", ["fork_server", "watching"])
def test_the_scratch_folder_goes_with_the_worker_whatever_is_in_it(
    server: str, request: pytest.FixtureRequest, run_cell: Any
) -> None:
    with request.getfixturevalue(server).worker() as worker:
        where = Path(run_cell(worker, "import os; os.getcwd()").result.strip("'"))
        assert where.is_dir()
        deep = "for _ in range(1500):\n    os.mkdir('d' * 200); os.chdir('d' * 200)\nopen('x', 'w').close()"
        shut = "os.mkdir('shut', 0); os.mkdir('open'); os.mkdir('open/in', 0)"
        assert run_cell(worker, shut).ok
        with contextlib.suppress(WorkerLost):  # on disk, nobody can count what is so deep
            assert run_cell(worker, deep).ok
    assert not where.exists()


def test_room_on_the_disk_is_taken_at_the_speed_of_writing_only(worker: Any, run_cell: Any) -> None:
    reserve = "import ctypes, os; file = os.open('x', os.O_CREAT | os.O_RDWR)\n"
    reserve += "ctypes.CDLL(None).fallocate(file, 0, ctypes.c_long(0), ctypes.c_long(4096)), os.fstat(file).st_blocks"
    assert run_cell(worker, reserve).result == "(-1, 0)"
    written = "os.posix_fallocate(file, 0, 1 << 20); os.fstat(file).st_size"
    assert run_cell(worker, written).result == str(1 << 20)
