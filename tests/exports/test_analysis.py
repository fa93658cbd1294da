"""The long table: a row a property, and what the gradebook adds, so that a student's rows add up to the mark."""

import io
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from export_class import MARKS, NAME, WHY_UNGRADED, enter, export
from nbgrader.api import Gradebook
from polars.testing import assert_frame_equal

from autograder.course import Course
from autograder.exports.analysis import COLUMNS, AnalysisExporter
from autograder.report.verdict import read_verdict, write_verdict


def parquet(root: Path, **options: object) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(export(AnalysisExporter, root, "class.parquet", **options)))


def rows(table: pl.DataFrame, kind: str, student: str) -> list[dict[str, object]]:
    return table.filter(kind=kind, student=student).to_dicts()


def test_the_rows_of_a_student_add_up_to_the_mark(root: Path) -> None:
    table = parquet(root)
    assert table.schema == pl.Schema(COLUMNS)
    sums = table.group_by("student").agg(pl.col("points").sum()).rows()
    assert dict(sums) == pytest.approx(MARKS | {"gus": 0.0})
    assert set(table["assignment"]) == {NAME}


def test_they_still_do_where_no_verdict_is_kept(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    for student in ("ada", "eli", "gus"):
        (root / ".autograder" / "verdicts" / NAME / f"{student}.json").unlink()
    table = parquet(root)
    assert dict(table.group_by("student").agg(pl.col("points").sum()).rows()) == pytest.approx(MARKS | {"gus": 0.0})
    assert rows(table, "property", "ada") == []
    assert [(row["question"], row["points"]) for row in rows(table, "cell", "ada")] == [("double", 3.0)]
    assert "no verdict is kept here for 3 students" in caplog.text


def test_the_maximums_of_a_student_add_up_to_the_assignments(root: Path) -> None:
    sums = dict(parquet(root).group_by("student").agg(pl.col("max_points").sum()).rows())
    assert set(sums.values()) == {5.0}


def test_points_of_a_person_are_rows_of_their_own(root: Path) -> None:
    table = parquet(root)
    (written,) = rows(table, "manual", "ada")
    assert (written["question"], written["points"], written["max_points"]) == ("why", 2.0, 2.0)
    (corrected,) = rows(table, "manual", "eli")
    assert (corrected["question"], corrected["points"]) == ("double", pytest.approx(1 / 3))
    assert corrected["max_points"] == 0
    assert [row["points"] for row in rows(table, "extra", "ada")] == [0.5]


def test_what_a_person_takes_away_is_a_row_below_zero(root: Path) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.find_grade("check-double", NAME, NAME, "dee").manual_score = 1
        gradebook.db.commit()
    (taken,) = rows(parquet(root), "manual", "dee")
    assert (taken["question"], taken["points"], taken["max_points"]) == ("double", -2.0, 0.0)


def test_an_answer_that_waits_for_points_has_none(root: Path) -> None:
    (waiting,) = rows(parquet(root), "manual", "ivy")
    assert (waiting["question"], waiting["points"], waiting["status"]) == ("why", None, "awaiting")


def test_a_penalty_takes_at_most_what_there_is(root: Path) -> None:
    assert [row["points"] for row in rows(parquet(root), "penalty", "fay")] == [-2.0]


def test_of_what_could_not_be_graded_no_points_are_known(root: Path) -> None:
    (row,) = rows(parquet(root), "ungraded", "gus")
    assert (row["points"], row["max_points"], row["message"]) == (None, 3.0, WHY_UNGRADED)


def test_who_has_no_submission_in_the_gradebook_has_no_rows(root: Path) -> None:
    assert not {"hal", "jo"} & set(parquet(root)["student"])


def test_the_csv_is_the_same_table_without_formulas(root: Path) -> None:
    exact = parquet(root)
    content = export(AnalysisExporter, root, "class.csv")
    read = pl.read_csv(io.BytesIO(content), schema=COLUMNS)
    assert "=1+2" in set(exact["counterexample"])
    assert set(read["counterexample"].drop_nulls()) == {"'=1+2", ""}
    assert f"'{WHY_UNGRADED}" in set(read["message"])
    names_and_numbers = [name for name in COLUMNS if name not in ("message", "counterexample", "diagnosis")]
    assert_frame_equal(read.select(names_and_numbers), exact.select(names_and_numbers))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n=1+2", "a ⏎ =1+2"),
        ("a;=1;;\t@b; -c", "a;'=1;;'    @b;' -c"),
        ('"=1;"" +2', '\'"=1;\'"" +2'),
        ("a - b = c; d", "a - b = c; d"),
        ("＝1", "'＝1"),
    ],
)
def test_no_line_and_nothing_after_a_semicolon_is_a_formula(text: str, shown: str, root: Path) -> None:
    """A spreadsheet that takes semicolons for the ends of cells does not heed the quotation marks around a text."""
    kept = Course(root).verdict(NAME, "gus")
    write_verdict(kept, replace(read_verdict(kept), message=text))
    (exact,) = rows(parquet(root), "ungraded", "gus")
    assert exact["message"] == text
    content = export(AnalysisExporter, root, "class.csv")
    assert pl.read_csv(io.BytesIO(content)).filter(kind="ungraded")["message"].to_list() == [shown]


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own use of its database
def test_ids_that_differ_in_spaces_alone_are_two_students(root: Path) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.add_student(" ada")
        enter(gradebook, " ada", auto=1, written=0)
    sums = dict(parquet(root).group_by("student").agg(pl.col("points").sum()).rows())
    assert (sums["ada"], sums[" ada"]) == (MARKS["ada"], 1.0)


def test_a_file_of_another_kind_is_refused(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SystemExit) as ended:
        export(AnalysisExporter, root, "class.xlsx")
    assert ended.value.code == 1
    assert "is neither CSV nor Parquet" in caplog.text


def test_a_class_of_which_nothing_is_entered_is_an_empty_table(root: Path) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.add_assignment("later")
    table = parquet(root, assignment=["later"])
    assert (table.height, table.schema) == (0, pl.Schema(COLUMNS))
