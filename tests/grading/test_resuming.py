"""A class is taken up where it was left: what is graded stays, what has changed since is graded again."""

import signal
import subprocess
import sys
from pathlib import Path

import small_class
from small_class import AREA, DOUBLE, MARKS, NAME, SIDE_BY_SIDE, change_gradebook
from tests_support import hand_in


def graded_again(course: Path, *arguments: str) -> list[str]:
    """Whom the command has graded, and not left as they were."""
    finished = small_class.grade(course, *arguments)
    return [student for student in MARKS if f"{student}: submitted/" in finished.said]


def test_a_second_run_grades_nobody_and_has_everybodys_results(course: Path) -> None:
    finished = small_class.grade(course)
    assert graded_again(course) == []
    assert finished.code == 0
    assert "6 graded before and left as they are" in finished.said
    assert {student: result["score"] for student, result in finished.results.items()} == {
        student: sum(marks) for student, marks in MARKS.items()
    }


def test_again_grades_everybody(course: Path) -> None:
    assert graded_again(course, "--again") == list(MARKS)


def test_another_seed_grades_everybody(course: Path) -> None:
    assert graded_again(course, "--seed", "8") == list(MARKS)


def test_who_hands_in_anew_is_graded_again(course: Path) -> None:
    hand_in(course, "ben", {"double": DOUBLE, "area": AREA}, origin="release", assignment=NAME)
    (course / "submitted" / "cem" / NAME / "data.txt").write_text("1 2 3")
    assert graded_again(course) == ["ben", "cem"]
    assert small_class.marks(course) == MARKS | {"ben": (3, 2)}


def test_a_mark_that_is_not_in_the_gradebook_is_entered_again(course: Path) -> None:
    change_gradebook(
        course,
        "UPDATE grade SET auto_score = 0 WHERE notebook_id IN (SELECT submitted_notebook.id FROM submitted_notebook "
        "JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id "
        "WHERE student_id = 'finn')",
    )
    assert graded_again(course) == ["finn"]
    assert small_class.marks(course) == MARKS


def test_questions_that_have_changed_grade_everybody(course: Path) -> None:
    questions = course / "source" / NAME / "questions.py"
    questions.write_text(questions.read_text() + "\n# one more remark\n")
    assert graded_again(course) == list(MARKS)


def test_a_mark_given_by_hand_stays_when_the_submission_is_graded_again(course: Path) -> None:
    change_gradebook(course, "UPDATE grade SET manual_score = 1.5")
    assert graded_again(course, "--again") == list(MARKS)
    assert small_class.query(course, "SELECT DISTINCT manual_score FROM grade") == [(1.5,)]


def test_what_nbgrader_grades_by_itself_is_not_taken_for_what_the_class_run_graded(course: Path) -> None:
    record = course / ".autograder" / "graded" / NAME / "ann.json"
    assert record.exists()
    command = [sys.executable, "-m", "nbgrader", "autograde", NAME, "--student", "ann", "--force"]
    subprocess.run(command, cwd=course, capture_output=True, check=True)
    assert not record.exists()


def test_ctrl_c_stops_the_run_and_the_same_command_goes_on(fresh_course: Path) -> None:
    command = small_class.command(*SIDE_BY_SIDE)
    with subprocess.Popen(command, cwd=fresh_course, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        first = running.stderr.readline().partition(":")[0]
        running.send_signal(signal.SIGINT)
        said = running.stderr.read()
    assert running.returncode != 0
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    assert first not in graded_again(fresh_course)
    assert small_class.marks(fresh_course) == MARKS
