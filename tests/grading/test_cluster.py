"""A class graded by a real Dask cluster of processes: the same marks as on one machine, whoever is lost."""

import errno
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import small_class
from clusters import Cluster, dask_cluster
from small_class import MARKS, NAME, Finished
from tests_support import ROOT

pytestmark = pytest.mark.cluster

DEPRIVED = (
    sys.executable,
    str(ROOT / "tests" / "support" / "deprived.py"),
    json.dumps({"PR_SET_SECCOMP": errno.EINVAL, "seccomp": errno.ENOSYS}),
)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers that can grade, and one that cannot isolate a submission."""
    with dask_cluster(tmp_path_factory.mktemp("cluster"), workers=2) as cluster:
        cluster.add_worker(prefix=DEPRIVED)
        yield cluster


@pytest.fixture(scope="module")
def on_the_cluster(
    cluster: Cluster, handed_in: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Finished, Path]:
    course = small_class.copy_of(handed_in, tmp_path_factory.mktemp("on-the-cluster"))
    return small_class.grade(course, "--scheduler", cluster.address), course


def told(finished: Finished) -> dict[str, dict[str, Any]]:
    """All that the results say, but for how long it took."""
    return {
        student: {name: value for name, value in result.items() if name != "duration_s"}
        for student, result in finished.results.items()
    }


def test_a_cluster_gives_the_same_marks_and_messages_as_one_machine(
    on_the_cluster: tuple[Finished, Path], fresh_course: Path
) -> None:
    finished, course = on_the_cluster
    assert finished.code == 0, finished.said
    assert told(finished) == told(small_class.grade(fresh_course))
    assert small_class.marks(course) == small_class.marks(fresh_course) == MARKS
    assert small_class.row_counts(course) == small_class.row_counts(fresh_course)


def test_a_worker_that_cannot_isolate_submissions_is_given_no_work_and_says_why(
    on_the_cluster: tuple[Finished, Path],
) -> None:
    said = on_the_cluster[0].said
    assert said.count("is given no work") == 1
    assert "seccomp" in said


def test_notebooks_named_one_by_one_go_to_the_cluster_too(cluster: Cluster, fresh_course: Path) -> None:
    names = [f"submitted/{student}/{NAME}/{NAME}.ipynb" for student in MARKS]
    report = fresh_course / "out.json"
    command = small_class.command(*names, "--scheduler", cluster.address, "--json", str(report))
    finished = subprocess.run(command, cwd=fresh_course, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    scores = [result["score"] for result in json.loads(report.read_text())["results"]]
    assert scores == [sum(marks) for marks in MARKS.values()]


def test_a_worker_that_is_lost_in_the_middle_costs_no_mark(fresh_course: Path, tmp_path: Path) -> None:
    with dask_cluster(tmp_path / "cluster", workers=2) as cluster:
        command = small_class.command("--scheduler", cluster.address)
        with subprocess.Popen(command, cwd=fresh_course, stderr=subprocess.PIPE, text=True) as running:
            assert running.stderr is not None
            first = running.stderr.readline()
            cluster.workers[0].kill()
            rest = running.stderr.read()
    assert running.returncode == 0, first + rest
    assert small_class.marks(fresh_course) == MARKS


def test_where_no_worker_can_isolate_submissions_nobody_is_graded(fresh_course: Path, tmp_path: Path) -> None:
    with dask_cluster(tmp_path / "cluster", workers=0) as cluster:
        cluster.add_worker(prefix=DEPRIVED)
        finished = small_class.grade(fresh_course, "--scheduler", cluster.address)
    assert finished.code == 1
    assert "No worker of the cluster can grade" in finished.said
    assert "seccomp" in finished.said
    assert finished.results == {}


def test_a_scheduler_that_is_not_there_is_told_in_sentences(fresh_course: Path) -> None:
    finished = small_class.grade(fresh_course, "--scheduler", "tcp://127.0.0.1:1")
    assert finished.code == 2
    assert "No Dask scheduler answers at tcp://127.0.0.1:1" in finished.said
