"""Mechanical mutants: the reference solution with one small mistake each."""

import ast
from pathlib import Path

import pytest

from autograder.audit.mutants import Mutant, mutants
from autograder.errors import AutograderError
from autograder.notebooks.markers import read_cells

ROOT = Path(__file__).resolve().parents[2]

CELL = '''\
def last(items, n=1):
    """The last n of the items."""
    ### BEGIN SOLUTION
    if n > 3:
        raise ValueError("too many: 4")
    return items[-n:]
    ### END SOLUTION
'''


def in_function(body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"def f(a, b):\n    ### BEGIN SOLUTION\n{lines}    ### END SOLUTION\n"


def changed_lines(body: str) -> set[str]:
    """The lines that the mutants of a function's body have in place of its own."""
    made = mutants("q", in_function(body))
    return {line[1:].strip() for mutant in made for line in mutant.diff.splitlines() if line.startswith("+")}


def test_every_mutant_of_a_small_function_is_made_once_and_in_the_order_of_the_text() -> None:
    assert [mutant.id for mutant in mutants("last", CELL)] == [
        "last/if n > 3::condition:n > 3 to not (n > 3)",
        "last/if n > 3::operator:n > 3 to n >= 3",
        "last/if n > 3::operator:n > 3 to n <= 3",
        "last/if n > 3::constant:3 to 4",
        "last/if n > 3::constant:3 to 2",
        "last/if n > 3::constant:3 to 0",
        "last/if n > 3::constant:3 to 1",
        'last/raise ValueError("too many: 4"):statement:raise ValueError("too many: 4") to pass',
        "last/return items[-n:]:slice:items[-n:] to items[:]",
        "last/return items[-n:]:slice:items[-n:] to items[(-n) + 1:]",
        "last/return items[-n:]:slice:items[-n:] to items[(-n) - 1:]",
        "last/return items[-n:]:operator:-n to n",
    ]


def test_a_mutant_has_its_source_and_shows_the_line_that_it_changes() -> None:
    mutant = mutants("last", CELL)[-1]
    assert mutant == Mutant(
        "last/return items[-n:]:operator:-n to n",
        "last",
        CELL.replace("items[-n:]", "items[n:]"),
        "-    return items[-n:]\n+    return items[n:]",
    )


def test_only_what_students_write_is_changed() -> None:
    outside = "X = 1 + 2\n\n\n" + CELL + "\nY = last([1, 2], 2 * 1)\n"
    assert [mutant.id for mutant in mutants("last", outside)] == [mutant.id for mutant in mutants("last", CELL)]


def test_a_mutant_keeps_its_id_whatever_other_lines_say() -> None:
    longer = CELL.replace("items.", "items.\n\n    And more.\n    ")
    longer = longer.replace("    ###", "    # More to say.\n    ###", 1)
    longer = longer.replace("if n > 3:", "if n > 3:  # too many")
    assert longer.count("\n") > CELL.count("\n")
    assert [mutant.id for mutant in mutants("last", longer)] == [mutant.id for mutant in mutants("last", CELL)]


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ("return a + b", {"return a - b", "return a", "return b"}),
        ("return a * b", {"return a + b", "return a / b", "return a", "return b"}),
        ("return a and b", {"return a or b", "return a", "return b"}),
        ("return a != b", {"return a == b"}),
        ("a += b\nreturn a", {"pass", "a -= b", "a = b"}),
        ("return a[1, b]", {"return a[b, 1]", "return a[2, b]", "return a[0, b]"}),
        (
            "return a[b:2]",
            {
                "return a[:2]", "return a[b + 1:2]", "return a[b - 1:2]",
                "return a[b:]", "return a[b:2 + 1]", "return a[b:2 - 1]", "return a[b:0]",
            },
        ),
        (
            "return a.sum(dim=0)",
            {"return a", "return a.sum(dim=1)", "return a.sum(dim=-1)", "return a.sum(dim=-2)"},
        ),
        ("return f(a, b)", {"return f(b, a)", "return f(a)", "return f(b)"}),
        ("return f(a)", {"return a"}),
        ("return a.t()", {"return a"}),
        ("return torch.rand()", set()),
        ("return a, b", {"return b, a"}),
        ("return [1.0, b]", {"return [b, 1.0]", "return [2.0, b]", "return [0.0, b]"}),
        ("return True", {"return False"}),
        ("return a if not b else 1", {"return a if b else 1", "return a", "return 1",
                                      "return a if not b else 2", "return a if not b else 0"}),
        ("return [x for x in a if x]", {"return [x for x in a if not x]"}),
        (
            "for i in range(a):\n    b.append(i)\nreturn b",
            {"for i in range(a + 1):", "for i in range(a - 1):", "for i in a:", "pass"},
        ),
        ("with a:\n    b()\nreturn b", {"if True:", "pass"}),
    ],
)  # fmt: skip
def test_each_kind_of_mistake_is_made(body: str, changes: set[str]) -> None:
    assert changed_lines(body) == changes


def test_the_only_return_stays_and_others_are_dropped() -> None:
    assert "pass" not in changed_lines("return a")
    assert "pass" in changed_lines("if a:\n    return a\nreturn b")
    nested = "def inner():\n    return a\nreturn inner"
    assert "pass" not in changed_lines(nested)


def test_docstrings_and_annotations_are_left_alone() -> None:
    assert changed_lines('"""Adds 1."""\nc: list[0] = a\nreturn c') == {"pass"}


def test_mutants_that_compile_to_the_reference_are_known_to_be_equivalent() -> None:
    made = {mutant.id: mutant for mutant in mutants("q", in_function("return a if True else b"))}
    assert made["q/return a if True else b:condition:a if True else b to a"].is_equivalent
    assert not made["q/return a if True else b:condition:True to not True"].is_equivalent


def test_the_same_mistake_at_two_places_of_a_line_has_two_ids() -> None:
    ids = [mutant.id for mutant in mutants("q", in_function("return f(a + 1, 1 + b)"))]
    assert {"q/return f(a + 1, 1 + b):constant:1 to 2", "q/return f(a + 1, 1 + b):constant:1 to 2 (2)"} <= set(ids)
    assert len(set(ids)) == len(ids)


def test_what_is_no_plain_python_is_told() -> None:
    with pytest.raises(AutograderError, match="--no-mutants"):
        mutants("q", "%matplotlib inline\n### BEGIN SOLUTION\n1 +\n### END SOLUTION\n")


def test_the_lessons_mutants_are_the_same_each_time_and_all_different_programs() -> None:
    cells = [cell for cell in read_cells(ROOT / "source/conv_layer/conv_layer.py") if cell.word == "solution"]
    made = [mutants(cell.name, cell.source) for cell in cells]
    assert made == [mutants(cell.name, cell.source) for cell in cells]
    every = [mutant for of_one in made for mutant in of_one]
    assert len({mutant.id for mutant in every}) == len({mutant.source for mutant in every}) == len(every) > 200
    for mutant in every:
        ast.parse(mutant.source)
