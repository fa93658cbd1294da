"""A worker's folder in memory: the kernel bounds all that is in it, and it goes with the worker."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from settings import fake_root, open_folder, ordinary_user, without, works

from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import Isolation, Method, probe_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Outcome

LIMITS = replace(Limits(), scratch_bytes=1 << 24, scratch_files=50)
UNLINKED = """
import errno, mmap, os
kept, full = [], 0
try:
    while len(kept) < 64:
        file = os.open("hidden", os.O_CREAT | os.O_RDWR)
        os.remove("hidden")
        full += os.write(file, bytes(1 << 20))
        kept.append({keep})
except OSError as error:
    full = full if error.errno == errno.ENOSPC else -1
full
"""
KEEPING = {"open": "file", "mapped": "(mmap.mmap(file, 4096), os.close(file))"}
NO_MOUNTS = {"mount": 1}
# Says whether a worker started; with a word, on a grader that is wrongly sure that it can mount.
START = """
import sys
from dataclasses import replace
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.isolation import probe_isolation
from autograder.sandbox.outcomes import WorkerLost
here = probe_isolation()
sure = replace(here, own_folder=here.own_folder or len(sys.argv) > 1)
with ForkServer(isolation=sure) as server:
    try:
        server.worker().close()
        print("started", "in memory" if sure.own_folder else "on disk", here.method)
    except WorkerLost as lost:
        print(lost)
"""


def start(setting: list[str], *words: str) -> str:
    finished = subprocess.run(
        [*setting, sys.executable, "-c", START, *words], capture_output=True, text=True, check=True
    )
    return finished.stdout


@pytest.fixture(scope="module", params=["landlock", "bubblewrap"])
def isolation(request: pytest.FixtureRequest) -> Isolation:
    here = probe_isolation(landlock_abi=0 if request.param == "bubblewrap" else None)
    if not (here.safe and here.own_folder):
        pytest.skip("no worker can have its folder in memory on this machine")
    return here


@pytest.fixture(scope="module")
def server(isolation: Isolation) -> Iterator[ForkServer]:
    with ForkServer(isolation=isolation) as server:
        yield server


@pytest.mark.parametrize("keep", KEEPING)
def test_files_that_have_no_name_any_more_count(keep: str, server: ForkServer, run_cell: Any) -> None:
    with server.worker(limits=LIMITS) as worker:
        assert run_cell(worker, UNLINKED.format(keep=KEEPING[keep])).result == str(LIMITS.scratch_bytes)
        assert run_cell(worker, "open('more', 'wb', 0).write(b'x')").error == "OSError"
        assert run_cell(worker, "1 + 1").result == "2"


def test_the_kernel_refuses_one_file_too_many_and_those_without_a_name_count(server: ForkServer, run_cell: Any) -> None:
    with server.worker(limits=LIMITS) as worker:
        for source in (
            "os.open(f'{n}', os.O_CREAT)",
            "os.mkdir(f'folder{n}')",
            "os.open('x', os.O_CREAT); os.remove('x')",
        ):
            making = f"import os\nfor n in range({LIMITS.scratch_files // 3}):\n    {source}"
            assert run_cell(worker, making).ok
        left = LIMITS.scratch_files % 3
        making = f"for n in range({left}): open(f'last{{n}}', 'w').close()\nopen('too-many', 'w')"
        assert run_cell(worker, making).error == "OSError"
        assert run_cell(worker, "sum(name.startswith('last') for name in os.listdir())").result == str(left)


def test_the_files_of_a_submission_are_there_and_are_the_workers_own(
    server: ForkServer, tmp_path: Path, run_cell: Any
) -> None:
    (tmp_path / "data" / "inner").mkdir(parents=True)
    (tmp_path / "data" / "inner" / "image.bin").write_bytes(b"123")
    (tmp_path / "helper.py").write_text("VALUE = 41")
    with server.worker(tmp_path) as worker:
        assert run_cell(worker, "import helper; helper.VALUE + 1").result == "42"
        assert run_cell(worker, "open('data/inner/image.bin', 'rb').read()").result == "b'123'"
        assert run_cell(worker, "open('data/inner/image.bin', 'ab').write(b'4')").result == "1"
        assert run_cell(worker, "import os; os.rename('data/inner', 'data/outer'); os.remove('helper.py')").ok
        assert run_cell(worker, "os.listdir(), os.listdir('data/outer')").result == "(['data'], ['image.bin'])"
    assert (tmp_path / "data" / "inner" / "image.bin").read_bytes() == b"123"


def test_as_many_files_as_may_come_with_a_notebook_fit(server: ForkServer, tmp_path: Path, run_cell: Any) -> None:
    limits = replace(LIMITS, scratch_bytes=2 << 20, scratch_files=200)
    (tmp_path / "large").write_bytes(bytes((1 << 20) - 99 * os.sysconf("SC_PAGE_SIZE")))
    for number in range(99):
        (tmp_path / f"{number}").write_text("x")
    with server.worker(tmp_path, limits=limits) as worker:
        assert run_cell(worker, "import os; len(os.listdir())").result == "100"


def test_nothing_of_it_is_seen_from_outside_or_left(server: ForkServer, run_cell: Any) -> None:
    with server.worker() as worker:
        where = Path(run_cell(worker, "import os; open('mine', 'w').write('x'); os.getcwd()").result.strip("'"))
        assert list(where.iterdir()) == []
        mounts = Path("/proc/self/mounts").read_text()
        assert str(where) not in mounts
    assert not where.exists()


def test_no_right_to_mount_is_left(server: ForkServer, run_cell: Any) -> None:
    with server.worker() as worker:
        capabilities = "import ctypes; data = (ctypes.c_uint32 * 6)(); head = (ctypes.c_uint32 * 2)(0x20080522, 0)\n"
        capabilities += "ctypes.CDLL(None).capget(head, data), data[0] >> 21 & 1, data[1] >> 21 & 1, data[2] >> 21 & 1"
        assert run_cell(worker, capabilities).result == "(0, 0, 0, 0)"


def test_where_mounting_is_refused_the_folder_is_on_disk() -> None:
    setting = without(NO_MOUNTS)
    if probe_isolation().method is not Method.LANDLOCK or not works(setting):
        pytest.skip("this machine does not let a test make the setting")
    assert start(setting) == "started on disk Landlock\n"


def test_a_worker_that_cannot_get_the_folder_it_was_promised_does_not_start() -> None:
    setting = without(NO_MOUNTS)
    if probe_isolation().method is not Method.LANDLOCK or not works(setting):
        pytest.skip("this machine does not let a test make the setting")
    told = start(setting, "sure")
    assert told.startswith(f"{Outcome.LOST}: a worker did not start")
    assert "mount on" in told


@pytest.mark.parametrize("become", [list, fake_root], ids=["an-ordinary-user", "root-of-a-namespace"])
def test_an_ordinary_user_has_it_where_the_system_gives_namespaces_to_users(become: Any) -> None:
    with open_folder() as home:
        setting = [*ordinary_user(home), *become()]
        if probe_isolation().method is not Method.LANDLOCK or not works([*setting, "unshare", "--user", "--mount"]):
            pytest.skip("this machine gives ordinary users no namespaces")
        assert start(setting) == "started in memory Landlock\n"
