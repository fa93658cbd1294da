"""Moodle's CSV file: Moodle, by its documented rules and its habits, finds the very marks in it."""

import csv
import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from export_class import MARKS, NAME, PEOPLE, export
from importers import NEW, moodle_import, read_csv
from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.exports.moodle import MoodleExporter
from autograder.report.verdict import read_verdict, write_verdict

USERS = [{"username": student, "email": email, "idnumber": lms} for student, _, _, email, lms in PEOPLE]
NO_MARK = {"gus": None, "hal": None, "jo": None}


@pytest.mark.parametrize("item", ["Layers", NEW])
def test_moodle_reads_the_marks_of_the_gradebook(item: str, root: Path) -> None:
    content = export(MoodleExporter, root, "moodle.csv")
    grades = moodle_import(content, USERS, "Username", "username", {NAME: item})
    name = NAME if item == NEW else item
    assert grades == pytest.approx({(student, name): mark for student, mark in (MARKS | NO_MARK).items()})


@pytest.mark.parametrize(
    ("match_by", "column", "without"), [("email", "Email address", "eli"), ("idnumber", "ID number", "dee")]
)
def test_who_cannot_be_told_is_left_out_and_named(
    match_by: str, column: str, without: str, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Else Moodle would give the marks to the student of the row above."""
    content = export(MoodleExporter, root, "moodle.csv", match_by=match_by)
    grades = moodle_import(content, USERS, column, match_by, {NAME: "Layers"})
    expected = {(student, "Layers"): mark for student, mark in (MARKS | NO_MARK).items() if student != without}
    assert grades == pytest.approx(expected)
    assert f"1 student left out of the file, without {column}: {without}" in caplog.text


def test_a_class_that_moodle_cannot_tell_is_refused(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SystemExit) as ended:
        export(MoodleExporter, root, "moodle.csv", match_by="email", student=["eli"])
    assert ended.value.code == 1
    assert "none has anything for Email address" in caplog.text


@pytest.mark.parametrize(
    ("match_by", "student", "email"), [("username", "Ada", ""), ("email", "kim", "ADA@uni.example")]
)
def test_two_whom_moodle_takes_for_one_are_refused(
    match_by: str, student: str, email: str, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.update_or_create_student(student, email=email)
    with pytest.raises(SystemExit):
        export(MoodleExporter, root, "moodle.csv", match_by=match_by)
    assert "have the same" in caplog.text
    assert not (root / "moodle.csv").exists()


def test_feedback_says_where_points_were_lost_and_is_no_formula(root: Path) -> None:
    content = export(MoodleExporter, root, "moodle.csv", feedback=True, columns={NAME: "Layers"})
    header, *rows = read_csv(content)
    assert header == ["First name", "Last name", "Username", "Layers", "Layers (Feedback)"]
    said = {row[2]: row[4] for row in rows}
    assert said["ada"] == "5.5 of 5 points."
    assert html.unescape(said["bo"]).startswith('0.3 of 5 points. double, 0.1 of 3: =cmd|"a" <b> C:\\')
    assert (said["gus"], said["hal"]) == ("", "")


def test_feedback_says_the_same_where_html_has_semicolons_and_nothing_after_them_is_a_formula(root: Path) -> None:
    kept = Course(root).verdict(NAME, "bo")
    result = read_verdict(kept)
    (question,) = result.questions
    said = 'x <== y; "=-1;@ <-z> & -1'
    checks = tuple(replace(check, diagnosis=said) for check in question.checks)
    write_verdict(kept, replace(result, questions=(replace(question, checks=checks),)))
    content = export(MoodleExporter, root, "moodle.csv", feedback=True)
    (feedback,) = [row[4] for row in read_csv(content) if row[2] == "bo"]
    assert html.unescape(feedback).endswith(said)
    assert not re.search(r';[\s"]*[-=+@]', feedback)


def test_php_reads_the_same_cells(root: Path) -> None:
    """PHP's reader takes a quotation mark after a backslash for one more letter."""
    content = export(MoodleExporter, root, "moodle.csv", feedback=True).decode()
    assert '\\"' not in content
    rows = list(csv.reader(content.splitlines(), doublequote=True, escapechar="\\", strict=True))
    assert {len(row) for row in rows} == {5}
    assert [row[2] for row in rows] == [row[2] for row in read_csv(content.encode())]


def test_marks_above_the_maximum_are_named(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    export(MoodleExporter, root, "moodle.csv")
    assert "Moodle takes marks above the maximum only where its site allows them (unlimitedgrades): ada" in caplog.text


def test_a_zero_is_written_where_it_is_asked_for(root: Path) -> None:
    content = export(MoodleExporter, root, "moodle.csv", zero_for_missing=True)
    assert {row[2]: row[3] for row in read_csv(content)}["hal"] == "0"
