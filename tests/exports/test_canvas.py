"""Canvas's CSV file: Canvas, by its documented rules, finds the very marks in it, and nothing where there is none."""

import logging
import shutil
from pathlib import Path

import pytest
from export_class import MARKS, NAME, PEOPLE, WHY_UNGRADED, export
from importers import CanvasUser, canvas_import, read_csv
from nbgrader.api import Gradebook

from autograder.exports.canvas import CanvasExporter

USERS = [
    CanvasUser(lms or "104", f"sis-{student}", student, f"{first} {last}") for student, first, last, _, lms in PEOPLE
]
ID_OF = {user.login: user.id for user in USERS}
COLUMNS = {NAME: "Convolutional layers, part 1 (1234)"}


def cells(content: bytes) -> dict[str, str]:
    """The last cell of each student's row."""
    return {row[3]: row[-1] for row in read_csv(content)[2:]}


def test_canvas_reads_the_marks_of_the_gradebook(root: Path) -> None:
    content = export(CanvasExporter, root, "canvas.csv", columns=COLUMNS)
    possible, scores = canvas_import(content, USERS, {"1234": "Convolutional layers, part 1"})
    assert possible == {"1234": 5.0}
    assert scores == pytest.approx({(ID_OF[student], "1234"): mark for student, mark in MARKS.items()})


def test_an_assignment_without_a_number_is_found_by_its_title(root: Path) -> None:
    content = export(CanvasExporter, root, "canvas.csv")
    assert canvas_import(content, USERS, {"7": NAME})[0] == {"7": 5.0}


def test_points_are_written_in_full_and_without_binary_noise(root: Path) -> None:
    written = cells(export(CanvasExporter, root, "canvas.csv"))
    assert (written["ada"], written["bo"], written["eli"]) == ("5.5", "0.3", "0.333333333")


def test_a_penalty_never_takes_more_than_there_is(root: Path) -> None:
    assert cells(export(CanvasExporter, root, "canvas.csv"))["fay"] == "0"


def test_no_mark_is_made_up(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    written = cells(export(CanvasExporter, root, "canvas.csv"))
    assert {student for student, cell in written.items() if cell == ""} == {"gus", "hal", "jo"}
    assert f"that could not be graded, without a mark in the file: gus ({WHY_UNGRADED})" in caplog.text
    assert "1 submission not graded yet, without a mark in the file: jo" in caplog.text


def test_a_zero_is_written_only_for_who_handed_in_nothing(root: Path) -> None:
    written = cells(export(CanvasExporter, root, "canvas.csv", zero_for_missing=True))
    assert (written["hal"], written["gus"], written["jo"]) == ("0", "", "")


def test_what_a_person_gave_for_a_submission_that_could_not_be_graded_is_its_mark(root: Path) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.find_grade("check-double", NAME, NAME, "gus").manual_score = 1.5
        gradebook.db.commit()
    assert cells(export(CanvasExporter, root, "canvas.csv"))["gus"] == "1.5"


def test_points_by_hand_where_there_are_none_to_give_are_no_mark(root: Path) -> None:
    """A 0 typed for an answer that is only read does not say that a person has looked at the others."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.find_grade("read", NAME, NAME, "gus").manual_score = 0
        gradebook.db.commit()
    assert cells(export(CanvasExporter, root, "canvas.csv"))["gus"] == ""


def test_marks_that_wait_for_points_by_hand_are_named_and_can_be_held_back(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert cells(export(CanvasExporter, root, "canvas.csv"))["ivy"] == "2"
    assert "wait for points by hand, with the points so far in the file: ivy" in caplog.text
    assert cells(export(CanvasExporter, root, "canvas.csv", hold_back_awaiting=True))["ivy"] == ""


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own use of its database
def test_a_submission_of_which_no_points_are_entered_has_no_mark(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Its grading was stopped on the way."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.add_submission(NAME, "jo")
    assert cells(export(CanvasExporter, root, "canvas.csv"))["jo"] == ""
    assert "1 submission not graded yet, without a mark in the file: jo" in caplog.text


def test_a_mark_whose_verdict_is_gone_is_named(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    (root / ".autograder" / "verdicts" / NAME / "dee.json").unlink()
    assert cells(export(CanvasExporter, root, "canvas.csv"))["dee"] == "3"
    assert "no verdict is kept here for 1 student" in caplog.text
    assert "be sure: dee" in caplog.text
    caplog.clear()
    export(CanvasExporter, root, "canvas.csv", student=["dee"])
    assert "be sure: dee" in caplog.text
    shutil.rmtree(root / ".autograder")
    caplog.clear()
    export(CanvasExporter, root, "canvas.csv")
    assert "be sure" not in caplog.text  # graded elsewhere, all of it


def test_a_damaged_verdict_is_no_mark(root: Path) -> None:
    (root / ".autograder" / "verdicts" / NAME / "chi.json").write_text("{")
    assert cells(export(CanvasExporter, root, "canvas.csv"))["chi"] == ""


def test_a_submission_of_somebody_unknown_is_named(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    (root / "submitted" / "zed" / NAME).mkdir(parents=True)
    export(CanvasExporter, root, "canvas.csv")
    assert "who are not in the file: zed" in caplog.text


def test_the_name_of_a_folder_gives_no_orders_to_who_reads_the_log(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for student in ("a\n::error::b", "##[error]c", "d\x1b[2J", "e\udcff"):
        (root / "submitted" / student / NAME).mkdir(parents=True)
    export(CanvasExporter, root, "canvas.csv")
    assert "who are not in the file: # #[error]c, a ::error::b, d\\x1b[2J, e\\udcff\n" in caplog.text


def test_names_are_one_line_and_no_formulas(root: Path) -> None:
    names = {row[3]: row[0] for row in read_csv(export(CanvasExporter, root, "canvas.csv"))[2:]}
    assert names["ada"] == 'Lovelace, "Countess", Ada'
    assert names["bo"] == "Bo, =HYPERLINK(1)"
    assert names["chi"] == "陳, 志明"
    assert names["dee"] == "'-Two, Dee Line"
    assert names["jo"] == "jo"


def test_no_part_of_a_name_after_a_semicolon_is_a_formula(root: Path) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.update_or_create_student("ada", last_name='Ada;=HYPERLINK(1);\n"@b', first_name="")
    names = {row[3]: row[0] for row in read_csv(export(CanvasExporter, root, "canvas.csv"))[2:]}
    assert names["ada"] == "Ada;'=HYPERLINK(1);' \"@b"


def test_who_has_no_canvas_id_is_named_and_matched_by_login(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    export(CanvasExporter, root, "canvas.csv")
    assert "No Canvas ID is known of 1 student, whom Canvas matches by SIS Login ID, then name: dee" in caplog.text


def test_an_id_that_canvas_would_read_as_another_number_is_left_out(root: Path) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.update_or_create_student("ada", lms_user_id="102x")
    content = export(CanvasExporter, root, "canvas.csv")
    assert canvas_import(content, USERS, {"1": NAME})[1]["102", "1"] == pytest.approx(MARKS["bo"])
    assert {row[3]: row[1] for row in read_csv(content)[2:]}["ada"] == ""


def test_each_id_is_taken_from_where_it_is_said_to_be(root: Path) -> None:
    content = export(
        CanvasExporter, root, "canvas.csv", canvas_id="", sis_user_id="id", sis_login_id="email", section="A"
    )
    assert read_csv(content)[2][1:5] == ["", "jo", "jo@uni.example", "A"]


def test_two_students_of_one_id_are_refused(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.update_or_create_student("ada", lms_user_id="102")
    with pytest.raises(SystemExit) as ended:
        export(CanvasExporter, root, "canvas.csv")
    assert ended.value.code == 1
    assert "bo, ada have the same ID, 102." in caplog.text


@pytest.mark.parametrize(
    ("student", "known", "told"),
    [
        ("kim", {"lms_user_id": "0102"}, "have the same ID, 0102, 102."),
        (" bo", {}, "have the same SIS Login ID, bo."),
        ("Bo", {}, "have the same SIS Login ID, Bo, bo."),
    ],
)
def test_ids_that_canvas_takes_for_the_same_are_refused(
    student: str, known: dict[str, str], told: str, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.update_or_create_student(student, **known)
    with pytest.raises(SystemExit):
        export(CanvasExporter, root, "canvas.csv")
    assert told in caplog.text
    assert not (root / "canvas.csv").exists()


@pytest.mark.parametrize("title", ["Final Score", "Unposted Current Points", "Section", " "])
def test_a_title_that_canvas_leaves_out_is_refused(title: str, root: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SystemExit):
        export(CanvasExporter, root, "canvas.csv", columns={NAME: title})
    assert "Canvas would not take" in caplog.text
    assert not (root / "canvas.csv").exists()


def test_a_column_for_an_unknown_assignment_is_refused(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SystemExit):
        export(CanvasExporter, root, "canvas.csv", columns={"cnov": "A (1)"})
    assert "columns names cnov, which the gradebook does not have" in caplog.text


def test_two_columns_of_one_title_are_refused(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.add_assignment("later")
    with pytest.raises(SystemExit):
        export(CanvasExporter, root, "canvas.csv", columns={"later": NAME})
    assert f"Two columns would have the title {NAME}." in caplog.text


def test_two_assignments_are_two_columns_and_may_be_chosen(root: Path) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.add_assignment("later")
    both = read_csv(export(CanvasExporter, root, "canvas.csv"))
    assert both[0][5:] == [NAME, "later"]
    assert both[1] == ["    Points Possible", "", "", "", "", "5", "0"]
    one = read_csv(export(CanvasExporter, root, "canvas.csv", assignment=["later"], student=["ada", "bo"]))
    assert one[0][5:] == ["later"]
    assert [row[3] for row in one[2:]] == ["bo", "ada"]


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
