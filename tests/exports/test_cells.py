import pytest

from autograder.exports.cells import harmless


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("a\n=1+1", "a =1+1"),
        ("a;=1+1", "a;'=1+1"),
        ('E, x; =HYPERLINK("x")', 'E, x; \'=HYPERLINK("x")'),
        ("-Two", "'-Two"),
        ("a - b = c", "a - b = c"),
    ],
)
def test_nothing_that_a_spreadsheet_takes_for_a_cell_begins_as_a_formula(text: str, written: str) -> None:
    assert harmless(text) == written
