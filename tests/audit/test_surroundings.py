"""The cells that an answer is run after."""

from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.audit.names import names_in
from autograder.audit.outcomes import Answer
from autograder.audit.surroundings import notebook_with
from autograder.course import Course
from autograder.notebooks.source import source_notebook


@pytest.fixture
def reference(course: Course) -> NotebookNode:
    return source_notebook(course.module("tiny"), {"double": 3, "rectangle": 2})


def cells_of(reference: NotebookNode, answer: Answer) -> list[str]:
    return [cell.source.split("\n")[0] for cell in notebook_with(reference, answer).cells]


def test_an_answer_comes_after_the_first_given_cell_and_what_it_uses(reference: NotebookNode) -> None:
    source = "def perimeter(a, b): return double(a) + double(b)"
    assert cells_of(reference, Answer("x", "rectangle", source)) == ["import math", "def double(x):", source]


def test_cells_that_an_answer_does_not_use_are_left_out(reference: NotebookNode) -> None:
    source = "def area(a, b): return a * b"
    assert cells_of(reference, Answer("x", "rectangle", source)) == ["import math", source]


def test_what_its_question_calls_comes_before_an_answer_that_does_not_use_it(reference: NotebookNode) -> None:
    answer = Answer("x", "rectangle", "def area(a, b): return a * b")
    cells = notebook_with(reference, answer, {"area", "double"}).cells
    assert [cell.source.split("\n")[0] for cell in cells] == ["import math", "def double(x):", answer.source]


def test_an_answer_to_a_part_comes_after_the_reference_for_the_other_parts(reference: NotebookNode) -> None:
    source = "def area(a, b): return a * b"
    cells = cells_of(reference, Answer("x", "rectangle", source, is_part=True))
    assert cells == ["import math", "def double(x):", "def area(a, b):", source]


@pytest.mark.parametrize(
    "source",
    [
        "def Area(a, b): return a * b",
        "def area(a, b): return a *",
        "def area(a, b): return 1\ndef perimeter(a, b): return 1",
    ],
)
def test_a_whole_answer_and_one_of_another_name_get_nothing_from_the_reference(
    reference: NotebookNode, source: str
) -> None:
    cells = cells_of(reference, Answer("x", "rectangle", source, is_part=True))
    assert cells == ["import math", source.split("\n")[0]]


def test_names_are_told_by_scope() -> None:
    names = names_in(
        "import torch as t\nclass A(Base):\n    def f(self, X):\n        Y = g(X)\n        return Y\nK = A()\n"
    )
    assert names.used == {"Base", "g"}
    assert names.bound == {"t", "A", "K"}


def test_what_is_no_python_has_no_names() -> None:
    assert names_in("def f(:\n") == names_in("")


def test_a_worked_example_is_no_part_of_the_surroundings(tmp_path: Path) -> None:
    module = tmp_path / "tiny.py"
    module.write_text(
        "# %% given: setup\nimport math\n\n# %%\nside = 3\n\n# %% solution: q\n### BEGIN SOLUTION\nx = side\n"
        "### END SOLUTION\n\n# %% check: q\n"
    )
    assert cells_of(source_notebook(module, {"q": 1}), Answer("x", "q", "x = side")) == ["import math", "x = side"]
