from autograder.exports.table import SCHEMA, property_table
from autograder.results import Result


def test_a_row_is_a_property_of_a_submission(graded: Result) -> None:
    table = property_table([graded])
    assert table["property"].to_list() == [check.id for check in graded.checks]
    assert table["points"].sum() == graded.score
    assert set(table["student"]) == {graded.student}


def test_a_submission_that_could_not_be_graded_has_a_row_that_says_why(unreadable: Result) -> None:
    (row,) = property_table([unreadable]).to_dicts()
    assert (row["status"], row["points"], row["max_points"]) == ("ungraded", 0, unreadable.max_score)
    assert (row["question"], row["property"], row["message"]) == (None, None, unreadable.message)


def test_no_submissions_are_an_empty_table_with_all_its_columns() -> None:
    table = property_table([])
    assert (table.height, table.columns) == (0, list(SCHEMA))
