"""The command ``audit`` as people and pipelines use it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from autograder.cli import app
from autograder.course import Course
from autograder.errors import UsageError

SURVIVOR = "# wrong: nothing at all; caught by values\ndef double(x):\n    return x + x\n"


def audit(course: Course, *arguments: str) -> Result:
    """The command on the course's assignment, in this process."""
    options = ("--course", str(course.root), "--jobs", "1", "--seed", "7")
    return CliRunner().invoke(app, ["audit", "tiny", *options, *arguments])


def add(course: Course, name: str, text: str) -> None:
    path = course.catalogue("tiny") / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_an_assignment_whose_answers_fare_as_they_should_ends_with_exit_code_0(course: Course) -> None:
    ended = audit(course, "--no-mutants")
    assert ended.exit_code == 0, ended.output
    document = json.loads((course.root / ".autograder/audit/tiny.json").read_text())
    assert document["clean"]
    assert document["seed"] == 7
    assert (course.root / ".autograder/audit/tiny.html").read_text().startswith("<!DOCTYPE html>")


def test_a_module_questions_and_a_few_wrong_answers_are_enough(course: Course) -> None:
    for entry in course.catalogue("tiny").glob("right/*/*.py"):
        entry.unlink()
    assert audit(course, "--question", "double").exit_code == 0
    document = json.loads((course.root / ".autograder/audit/tiny.json").read_text())
    assert document["answers"]["right"] == 1
    assert document["answers"]["mutants"] == len([one for one in document["outcomes"] if one["answer"][:2] == "do"]) > 3


def test_a_survivor_ends_with_exit_code_1(course: Course) -> None:
    add(course, "wrong/double/nothing", SURVIVOR)
    ended = audit(course, "--no-mutants")
    assert ended.exit_code == 1
    assert "wrong/double/nothing: nothing at all" in ended.output


def test_a_false_reject_ends_with_exit_code_1(course: Course) -> None:
    add(course, "right/double/squares", "# right: so it says\ndef double(x):\n    return x * x\n")
    ended = audit(course, "--no-mutants", "--question", "double")
    assert ended.exit_code == 1
    assert "right/double/squares: 2 points, 0 allowed: values: It squares the number." in ended.output
    assert re.search(r"values, for example:\n +double\(-?1\)\n +got 1 \(int\), want -?2\n", ended.output)


def test_a_surviving_mutant_ends_with_exit_code_1_unless_it_is_listed(course: Course) -> None:
    module = course.module("tiny")
    module.write_text(module.read_text().replace("return 2 * x", "return 2 * x + 0 * x * x"))
    ended = audit(course, "--question", "double")
    assert ended.exit_code == 1
    survivor = "double/return 2 * x + 0 * x * x:operator:2 * x + 0 * x * x to 2 * x - 0 * x * x"
    assert survivor in ended.output
    assert "+ return 2 * x - 0 * x * x" in ended.output
    document = json.loads((course.root / ".autograder/audit/tiny.json").read_text())
    listed = [f"{one['answer']}  # zero times anything is zero\n" for one in document["survivors"]]
    (course.catalogue("tiny") / "equivalent_mutants.txt").write_text("".join(listed))
    assert audit(course, "--question", "double").exit_code == 0


def test_reports_go_where_they_are_asked_for(course: Course, tmp_path: Path) -> None:
    page, data = tmp_path / "page.html", tmp_path / "data.json"
    assert (
        audit(course, "--no-mutants", "--question", "double", "--html", str(page), "--json", str(data)).exit_code == 0
    )
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert {one["question"] for one in json.loads(data.read_text())["outcomes"]} == {"double"}
    assert not (course.root / ".autograder" / "audit").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--question", "triple"), "no question triple"),
        (("--html", "no/such/folder/x.html"), "no/such/folder"),
        (("--json", "."), "It is a folder"),
    ],
)
def test_wrong_use_is_told_before_anything_is_run(course: Course, arguments: tuple[str, ...], words: str) -> None:
    ended = audit(course, *arguments)
    assert isinstance(ended.exception, UsageError)
    assert words in str(ended.exception)


def test_wrong_use_has_exit_code_2(course: Course) -> None:
    command = [sys.executable, "-m", "autograder", "audit", "huge"]
    ended = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "no assignment 'huge'" in ended.stderr
    assert "Traceback" not in ended.stderr
