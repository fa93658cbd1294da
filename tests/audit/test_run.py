"""Answers in the sandbox: what comes of each, whatever the others do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.audit.findings import Audited, findings
from autograder.audit.outcomes import Answer, Outcome
from autograder.audit.run import Order, audit_answers
from autograder.course import Course
from autograder.grading.settings import GradingSettings
from autograder.results import CheckStatus

RIGHT = Answer("right", "double", "def double(x):\n    return x + x")
SQUARED = Answer("squared", "double", "def double(x):\n    return x * x")
ANSWERS = (
    RIGHT,
    Answer("ends its process", "double", "def double(x):\n    import os\n    os._exit(0)"),
    Answer("never ends", "double", "def double(x):\n    while True:\n        pass"),
    Answer("no Python", "double", "def double(x:"),
    Answer("reaches out", "double", "import autograder.grading\n\n\ndef double(x):\n    return 2 * x"),
    Answer("of no question", "triple", "def triple(x):\n    return 3 * x"),
    SQUARED,
)


def run(course: Course, files: Path, answers: tuple[Answer, ...], jobs: int = 1) -> dict[str, Outcome]:
    heard: list[Outcome] = []
    outcomes = audit_answers(Order(course, "tiny", GradingSettings(7), files), answers, jobs, heard.append)
    assert {outcome.answer for outcome in heard} == set(outcomes) == {answer.name for answer in answers}
    return outcomes


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def test_an_answer_that_breaks_takes_no_other_down(course: Course, files: Path) -> None:
    outcomes = run(course, files, ANSWERS)
    statuses = {name: {one.status for one in outcome.properties} for name, outcome in outcomes.items()}
    assert statuses["right"] == {CheckStatus.PASSED}
    assert statuses["ends its process"] == {CheckStatus.ERROR}
    assert statuses["never ends"] == {CheckStatus.TIMEOUT}
    assert statuses["no Python"] == statuses["reaches out"] == {CheckStatus.FAILED}
    assert outcomes["squared"].lost_ids == {"values"}
    assert [name for name, outcome in outcomes.items() if outcome.failure] == ["of no question"]


def test_an_outcome_says_where_a_property_failed_first_and_what_the_code_does(course: Course, files: Path) -> None:
    values, zero = run(course, files, (SQUARED,))["squared"].properties
    assert (values.property, values.status, values.misconception) == ("values", CheckStatus.FAILED, "squared")
    assert values.diagnosis == "It squares the number."
    assert values.first_failing is not None
    assert 0 <= values.first_failing < values.examples == 19  # as many numbers as there are from -9 to 9
    assert (zero.property, zero.status, zero.first_failing) == ("zero", CheckStatus.PASSED, None)


def test_two_processes_find_the_same_as_one(course: Course, files: Path) -> None:
    answers = (RIGHT, SQUARED, ANSWERS[3])
    one, two = run(course, files, answers), run(course, files, answers, jobs=2)
    assert list(one) == list(two) == [answer.name for answer in answers]
    assert {name: outcome.properties for name, outcome in one.items()} == {
        name: outcome.properties for name, outcome in two.items()
    }


def test_a_course_is_audited_against_its_catalogue_and_its_reference(
    course: Course, audit_course: Callable[[Course], Audited]
) -> None:
    audited = audit_course(course)
    assert set(audited.outcomes) == {
        "reference/double",
        "reference/rectangle",
        "right/double/sum",
        "wrong/double/one_more",
        "wrong/double/squared",
        "wrong/rectangle/half_way",
    }
    found = findings(audited)
    assert found.is_clean, found
    assert found.naming.share == 1.0
    assert [one.property for one in audited.outcomes["wrong/rectangle/half_way"].lost] == ["perimeter"]


def test_a_reference_that_its_own_questions_reject_is_told(
    course: Course, audit_course: Callable[[Course], Audited]
) -> None:
    module = course.module("tiny")
    module.write_text(module.read_text().replace("return a * b", "return a + b"))
    (reject,) = findings(audit_course(course)).false_rejects
    assert (reject.answer, set(reject.diagnoses)) == ("reference/rectangle", {"area"})
