"""Mutants that are no mistakes."""

from pathlib import Path

import pytest

from autograder.audit.equivalence import read_equivalents, signature
from autograder.errors import AutograderError

CELL = 'def f(a: int) -> int:\n    """Adds."""\n    if a < 0:\n        raise ValueError("negative")\n    return a + 1\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"""Adds."""', '"""Adds one."""'),
        ("a: int", "a: float"),
        (" -> int", ""),
        ('"negative"', 'f"{a} is negative"'),
        ("a + 1", "a + (3 - 2)"),
        ("    if a", "\n    # a comment\n    if a"),
    ],
)
def test_cells_that_do_the_same_have_one_signature(before: str, after: str) -> None:
    changed = CELL.replace(before, after)
    assert changed != CELL
    assert signature(changed) == signature(CELL)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a + 1", "a + 1.0"),
        ("a + 1", "a + True"),
        ("a + 1", "a + 2"),
        ("a < 0", "a <= 0"),
        ("ValueError", "TypeError"),
        ("(a: int)", "(b: int)"),
        ("return a + 1", "a + 1"),
    ],
)
def test_cells_that_do_not_do_the_same_have_two(before: str, after: str) -> None:
    changed = CELL.replace(before, after)
    assert changed != CELL
    assert signature(changed) != signature(CELL)


def test_a_list_of_equivalent_mutants_gives_the_reason_for_each(tmp_path: Path) -> None:
    path = tmp_path / "equivalent_mutants.txt"
    path.write_text(
        "# by hand\n\nq/3:index:a[0, 1] to a[1, 0]  # the matrix is symmetric\nq/4:x:b # c to d  # no one asks\n"
    )
    assert read_equivalents(path) == {
        "q/3:index:a[0, 1] to a[1, 0]": "the matrix is symmetric",
        "q/4:x:b # c to d": "no one asks",
    }


def test_a_listed_mutant_without_a_reason_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "equivalent_mutants.txt"
    path.write_text("# by hand\nq/3:index:a[0, 1] to a[1, 0]\n")
    with pytest.raises(AutograderError, match=r"equivalent_mutants\.txt, line 2"):
        read_equivalents(path)


def test_there_need_not_be_a_list(tmp_path: Path) -> None:
    assert read_equivalents(tmp_path / "equivalent_mutants.txt") == {}
