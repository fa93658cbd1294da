"""A worker is put into a control group where the grader was given one, and into none where it was not."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox import cgroup
from autograder.sandbox.cgroup import VARIABLE, Cgroups, CgroupUnusable, Group, oom_kills
from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import WorkerLost

HIERARCHY = Path("/sys/fs/cgroup/pids")


@pytest.fixture
def parent() -> Iterator[Path]:
    """A real group for the grader, at the top of a hierarchy in which this process has been given no other place."""
    place = next((line for line in Path("/proc/self/cgroup").read_text().splitlines() if ":pids:" in line), "")
    folder = HIERARCHY / f"autograder-test-{os.getpid()}"
    if not place.endswith(":pids:/"):
        pytest.skip("no hierarchy of control groups here in which a test may make one")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("control groups are not writable here")
    yield folder
    folder.rmdir()


@pytest.fixture
def in_group(parent: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(parent))
    return parent


def groups(parent: Path) -> list[Path]:
    return [folder for folder in parent.iterdir() if folder.is_dir()]


def test_a_worker_is_in_a_group_of_its_own_before_its_first_cell_and_the_group_goes_with_it(
    in_group: Path, run_cell: Any
) -> None:
    with ForkServer() as server:
        with server.worker() as one, server.worker() as other:
            processes = [int(run_cell(worker, "import os; os.getpid()").result) for worker in (one, other)]
            members = [(folder / "cgroup.procs").read_text().split() for folder in groups(in_group)]
            assert sorted(members) == sorted([[str(process)] for process in processes])
            assert {(folder / "pids.max").read_text().strip() for folder in groups(in_group)} == {"1"}
        server.worker().close()
        assert len(groups(in_group)) == 1
    assert groups(in_group) == []


def test_a_worker_that_cannot_join_its_group_never_runs(in_group: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ForkServer() as server:
        monkeypatch.setattr(Group, "members", property(lambda group: (str(group.folders[0] / "no" / "cgroup.procs"),)))
        with pytest.raises(WorkerLost, match="did not start"):
            server.worker()


def test_what_a_killed_grader_left_is_removed_and_a_living_ones_is_not(parent: Path) -> None:
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
    dead, living = parent / f"autograder-{ended.pid}-1", parent / f"autograder-{os.getppid()}-1"
    dead.mkdir()
    living.mkdir()
    Cgroups((parent,))
    assert groups(parent) == [living]
    living.rmdir()


def test_without_the_variable_no_group_is_touched() -> None:
    assert Cgroups.given({}) is None
    assert Cgroups.given({VARIABLE: ""}) is None


def test_a_folder_that_is_no_group_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(CgroupUnusable, match="no control group"):
        ForkServer()


@pytest.mark.parametrize(
    ("knobs", "expected"),
    [
        (("memory.max", "memory.swap.max", "pids.max"), {"memory.max": "9", "memory.swap.max": "0", "pids.max": "1"}),
        (
            ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes"),
            {"memory.limit_in_bytes": "9", "memory.memsw.limit_in_bytes": "9"},
        ),
    ],
    ids=["version 2", "version 1"],
)
def test_a_group_is_bounded_by_what_its_hierarchy_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knobs: tuple[str, ...], expected: dict[str, str]
) -> None:
    (tmp_path / "cgroup.procs").touch()
    real = Path.mkdir

    def as_the_kernel_does(folder: Path) -> None:
        real(folder)
        for name in knobs:
            (folder / name).touch()

    monkeypatch.setattr(Path, "mkdir", as_the_kernel_does)
    group = Cgroups((tmp_path,)).make(Limits(memory_bytes=8, scratch_bytes=1))
    assert {path.name: path.read_text() for path in group.folders[0].iterdir()} == expected


def test_a_hierarchy_that_bounds_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cgroup.procs").touch()
    with pytest.raises(CgroupUnusable, match="neither memory nor processes"):
        Cgroups((tmp_path,)).make(Limits())
    assert [path.name for path in tmp_path.iterdir()] == ["cgroup.procs"]


@pytest.mark.parametrize(
    ("name", "text", "kills"),
    [
        ("memory.events", "low 0\nhigh 0\nmax 12\noom 1\noom_kill 1\noom_group_kill 0\n", 1),
        ("memory.events", "low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\n", 0),
        ("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n", 2),
        ("pids.events", "max 3\n", 0),
    ],
)
def test_kills_for_want_of_memory_are_counted(tmp_path: Path, name: str, text: str, kills: int) -> None:
    (tmp_path / name).write_text(text)
    assert oom_kills(Group((tmp_path,))) == kills


def test_to_join_is_to_write_to_the_files_of_the_group(tmp_path: Path) -> None:
    cgroup.join((str(tmp_path / "procs"),))
    assert (tmp_path / "procs").read_text() == "0"
