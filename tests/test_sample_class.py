"""The sample class of `make demo` is large and mixed enough, and its table says what was wrong; nothing is graded."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from tests_support import make_course

from autograder.audit.catalogue import Entry, read_catalogue
from demo.findings import LINES, what_was_wrong
from demo.sample_class import table
from demo.students import CATALOGUE, Base, Oddity, Student, aimed, hand_in, read_students

STUDENTS = read_students()
ENTRIES = {entry.name: entry for entry in read_catalogue(CATALOGUE)}
PLACES = re.compile(r"\{(canary|repository|grader|tcp|udp|unix|mark)\}")


def answers_of(student: Student) -> list[Entry]:
    return [ENTRIES[name] for name in student.answers.values()]


def is_right(student: Student) -> bool:
    ordinary = student.base is Base.SOLVED and not student.attack and not student.oddity
    return ordinary and all(entry.is_right for entry in answers_of(student))


@pytest.mark.parametrize("student", STUDENTS, ids=lambda student: student.name)
def test_what_a_student_hands_in_exists_and_answers_that_question(student: Student) -> None:
    for question, name in student.answers.items():
        assert ENTRIES[name].question == question
        assert "undefined" not in ENTRIES[name].misconceptions, "it answers a part of the question"
    assert student.attack_path is None or student.attack_path.is_file()


def test_the_class_is_large_and_mixed() -> None:
    assert len(STUDENTS) >= 16
    assert len({student.name for student in STUDENTS}) == len({student.story for student in STUDENTS}) == len(STUDENTS)
    right = [student for student in STUDENTS if is_right(student)]
    wrong = [student for student in STUDENTS if any(not entry.is_right for entry in answers_of(student))]
    hostile = [student for student in STUDENTS if student.attack or student.oddity is Oddity.SKIP_TAGS]
    assert min(len(right), len(wrong), len(hostile)) >= 5
    methods = [student.answers["corr2d"] for student in right]
    assert len(set(methods)) == len(methods)
    assert {student.oddity for student in STUDENTS} == set(Oddity)


@pytest.mark.parametrize("student", [one for one in STUDENTS if one.attack], ids=lambda student: student.name)
def test_an_attack_is_aimed_at_what_the_demo_has(student: Student, tmp_path: Path) -> None:
    assert student.attack_path is not None
    attack = aimed(student.attack_path, tmp_path, {})
    assert not PLACES.search("\n".join([*attack.own_cells, *attack.answers.values()]))


def test_everybody_hands_in_a_file_of_their_own(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    texts = {student.name: hand_in(student, course).read_text() for student in STUDENTS}
    assert len(set(texts.values())) == len(STUDENTS)


def check(question: str, **fields: Any) -> dict[str, Any]:
    return {"question": question, "status": "failed", "message": "", "diagnosis": "", "misconception": "", **fields}


def result(*checks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    graded = {"student": "ada", "status": "graded", "message": "", "score": 1.0, "max_score": 40.0}
    return {**graded, "checks": list(checks), **fields}


def test_nothing_is_wrong_with_what_is_right() -> None:
    assert what_was_wrong(result(check("a", status="passed"), check("b", status="passed")), 60) == []


def test_a_diagnosis_is_told_once_and_a_message_where_there_is_none() -> None:
    flipped = check("a", message="got 1, want 2", diagnosis="The kernel is flipped.")
    lines = what_was_wrong(result(flipped, flipped, check("a", message="it raised ValueError"), check("b")), 60)
    assert lines == ["a: The kernel is flipped. it raised ValueError.", "b: failed."]


def test_where_a_mistake_has_a_name_what_else_is_known_is_left_out() -> None:
    known = check("a", diagnosis="9 of 15 examples are answered rightly.")
    named = check("a", diagnosis="The kernel is flipped.", misconception="true_convolution")
    assert what_was_wrong(result(known, named), 60) == ["a: The kernel is flipped."]


@pytest.mark.parametrize(
    ("unwritten", "told"), [("ab", "a, b: Unwritten."), ("bcd", "b and 2 more: Unwritten."), ("abcd", "every question")]
)
def test_questions_of_which_the_same_is_known_share_a_line(unwritten: str, told: str) -> None:
    checks = [
        check(question, diagnosis="Unwritten.") if question in unwritten else check(question, status="passed")
        for question in "abcd"
    ]
    lines = what_was_wrong(result(*checks), 60)
    assert len(lines) == 1
    assert lines[0].startswith(told)


def test_what_could_not_be_graded_says_why() -> None:
    assert what_was_wrong(result(status="error", message="It is not\na notebook."), 60) == ["It is not a notebook."]


@pytest.mark.parametrize("questions", [1, 2, 3, 4, 20])
@pytest.mark.parametrize("text", ["word " * 200, "x" * 900, "short"])
def test_what_was_wrong_fits(questions: int, text: str) -> None:
    checks = [check(f"question{number}", message=f"{text} {number}") for number in range(questions)]
    lines = what_was_wrong(result(*checks), 40)
    assert 1 <= len(lines) <= LINES
    assert all(len(line) <= 40 for line in lines)
    assert lines[0].startswith("question0: ")
    assert questions <= LINES or lines[-1] == f"… and {questions - LINES + 1} more findings"


def test_hostile_words_are_printed_harmlessly() -> None:
    hostile = "\x1b[2Jgone\r\n::error::forged ##[error] [red]full marks[/red] \u202e"
    shown = StringIO()
    rows = [
        result(check("a", message=hostile)),
        result(student="[bold]eve", status="error", message=hostile),
    ]
    Console(file=shown, width=100, force_terminal=False).print(table(rows, 100))
    assert not {"\x1b", "\r", "\u202e"} & set(shown.getvalue())
    assert "##[" not in shown.getvalue()
    assert not re.search(r"^\s*::", shown.getvalue(), re.MULTILINE)
    assert shown.getvalue().count("[red]full marks[/red]") == 2
    assert "[bold]eve" in shown.getvalue()
