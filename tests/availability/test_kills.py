"""Every process of a run may be killed at any moment: in the end everybody has their marks, and nobody has them twice.

KILL_ROUNDS in the environment says how many rounds are run of each kind, for a longer campaign. The run ends by saying
what each round killed and cost.
"""

import json
import os
import random
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import small_class
from killing import Killer, descendants, toll, wait_for_end
from small_class import MARKS, NAME, SIDE_BY_SIDE

from autograder.grading.execution import MAX_RESTARTS
from autograder.grading.processes import LIVES

ROUNDS = int(os.environ.get("KILL_ROUNDS", "1"))
GRADER, SANDBOX = "spawn_main", "forkserver_main"
# A notebook is given up when LIVES graders are lost over it, or more than MAX_RESTARTS workers, and all kills may hit
# one; a fork server takes two workers along.
MOST = {GRADER: LIVES - 1, SANDBOX: MAX_RESTARTS // 2}


def start(course: Path, *arguments: str) -> "subprocess.Popen[str]":
    with open(course / "said.txt", "w") as said:
        return subprocess.Popen(small_class.command(*arguments), cwd=course, stdout=said, stderr=said, text=True)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_notebooks_keep_their_marks_when_graders_and_workers_are_killed(
    fresh_course: Path, seed: int, tell: Callable[[str], None]
) -> None:
    notebooks = [f"submitted/{student}/{NAME}/{NAME}.ipynb" for student in MARKS]
    running = start(fresh_course, *notebooks, *SIDE_BY_SIDE, "--json", "results.json")
    with Killer(running, seed, MOST) as killer:
        code = running.wait()
    report = fresh_course / "results.json"
    results = json.loads(report.read_text())["results"] if report.is_file() else []
    wanted = {notebook: [sum(MARKS[student])] for notebook, student in zip(notebooks, MARKS, strict=True)}
    found = {name: [result["score"] for result in results if result["notebook"] == name] for name in notebooks}
    tell(f"notebooks side by side, round {seed}: {toll(wanted, found, by_kind(killer))}")
    said = (fresh_course / "said.txt").read_text()
    assert code == 0, said
    assert "Traceback" not in said
    assert [(result["notebook"], result["score"]) for result in results] == [
        (notebook, sum(MARKS[student])) for notebook, student in zip(notebooks, MARKS, strict=True)
    ]


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_class_keeps_its_marks_when_graders_and_workers_are_killed(
    course: Path, seed: int, tell: Callable[[str], None]
) -> None:
    small_class.change_gradebook(course, "UPDATE grade SET auto_score = -1")
    before = small_class.row_counts(course)
    running = start(course, *SIDE_BY_SIDE)
    with Killer(running, seed, MOST) as killer:
        code = running.wait()
    tell(f"a class, round {seed}: {toll(MARKS, small_class.marks(course), by_kind(killer))}")
    said = (course / "said.txt").read_text()
    assert code == 0, said
    assert "Traceback" not in said
    assert small_class.marks(course) == MARKS
    assert small_class.row_counts(course) == before


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_run_that_is_killed_again_and_again_ends_with_everybodys_marks(
    fresh_course: Path, graded: Path, seed: int, tell: Callable[[str], None]
) -> None:
    """From a course without a gradebook: some of the moments are those in which it is made."""
    chance = random.Random(seed)
    whole_s = float((graded / "took_s.txt").read_text())
    kills = 0
    for _ in range(3):
        running = start(fresh_course, *SIDE_BY_SIDE)
        try:
            running.wait(chance.uniform(0.2, 1) * whole_s)
        except subprocess.TimeoutExpired:
            kills += 1
        left = list(descendants(running.pid))
        running.kill()
        running.wait()
        assert wait_for_end(left), "a killed run leaves processes behind"
        for student, marks in in_gradebook(fresh_course).items():
            assert marks in (MARKS[student], (None, None)), f"{student} has {marks}"
    finished = small_class.grade(fresh_course)
    killed = {"whole runs": kills}
    tell(f"a class begun again, round {seed}: {toll(MARKS, in_gradebook(fresh_course), killed)}")
    assert finished.code == 0
    assert small_class.marks(fresh_course) == MARKS
    assert small_class.row_counts(fresh_course) == small_class.row_counts(graded)


def by_kind(killer: Killer) -> dict[str, int]:
    return Counter({GRADER: "graders", SANDBOX: "workers and fork servers"}[word] for word in killer.kills)


def in_gradebook(course: Path) -> dict[str, tuple[float | None, ...]]:
    return small_class.marks(course) if (course / "gradebook.db").exists() else {}
