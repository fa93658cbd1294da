"""What holds for every lesson in source/: how its cells are laid out, what its figures are like, and that it runs
unsolved and half solved."""

import ast
import re

import pytest
from lessons import LESSONS, Cell, Lesson, cut, questions, run_cells


@pytest.fixture(scope="module", params=LESSONS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# The cells


def test_each_solution_cell_is_followed_by_its_check_cell(cells: list[Cell]) -> None:
    code = [cell.title for cell in cells if cell.kind == "code"]
    assert questions(cells)
    for question in questions(cells):
        assert code[code.index(f"solution: {question}") + 1] == f"check: {question}"


def test_check_cells_are_empty_and_answer_cells_hold_only_the_invitation(cells: list[Cell]) -> None:
    assert all(not cell.source for cell in cells if cell.title.startswith("check: "))
    answers = [cell for cell in cells if cell.title.startswith("answer: ")]
    assert all((cell.kind, cell.source) == ("markdown", "Your answer here.") for cell in answers)


def test_a_cut_cell_keeps_headers_and_docstrings_and_loses_every_other_statement(cells: list[Cell]) -> None:
    for question in questions(cells):
        source = next(cell.source for cell in cells if cell.title == f"solution: {question}")
        functions = [node for node in ast.walk(ast.parse(cut(source))) if isinstance(node, ast.FunctionDef)]
        assert functions, question
        for function in functions:
            assert ast.get_docstring(function), function.name
            assert ast.unparse(function.body[-1]) == "raise NotImplementedError", function.name
            assert [ast.unparse(node) for node in function.body[1:-1]] in ([], ["super().__init__()"]), function.name


def test_every_figure_is_described_in_words_right_after_its_cell(cells: list[Cell]) -> None:
    drawing = [n for n, cell in enumerate(cells) if cell.title.startswith("given: figure_") or "plt." in cell.source]
    assert drawing
    for n in drawing:
        assert re.match(r"\*The (first )?figure: ", cells[n + 1].source), cells[n].title


def test_no_prose_line_turns_into_a_list_by_accident(cells: list[Cell]) -> None:
    prose = [line for cell in cells if cell.kind == "markdown" for line in cell.source.splitlines()]
    assert [line for line in prose if re.match(r"([-+]|\d+[.)])\s", line)] == []


# The figures


def test_figures_have_an_opaque_white_ground(lesson: Lesson) -> None:
    assert lesson.figures
    assert {figure.get_facecolor() for figure in lesson.figures} == {(1.0, 1.0, 1.0, 1.0)}


def test_nothing_in_a_figure_is_cut_off(lesson: Lesson) -> None:
    for figure in lesson.figures:
        for drawn in (*figure.axes[0].texts, *figure.axes[0].images, *figure.axes[0].patches):
            box = drawn.get_window_extent()
            assert box.x0 >= 0
            assert box.y0 >= 0
            assert box.x1 <= figure.bbox.x1
            assert box.y1 <= figure.bbox.y1


def test_no_text_in_a_figure_lies_on_another(lesson: Lesson) -> None:
    for figure in lesson.figures:
        texts = [text for ax in figure.axes for text in ax.texts if text.get_text()]
        boxes = [text.get_window_extent() for text in texts]
        for n, one in enumerate(boxes):
            assert not [texts[m] for m in range(n) if one.overlaps(boxes[m])], texts[n]


# Before everything is solved


def test_an_unsolved_notebook_runs_to_its_end_and_says_what_to_solve(cells: list[Cell]) -> None:
    printed = "".join(run_cells(cells, solved=frozenset()))
    assert re.search(r"^Solve \w+ above, then run this cell again\.$", printed, re.MULTILINE)


def test_with_the_first_questions_solved_every_cell_up_to_the_next_one_works(cells: list[Cell]) -> None:
    names = questions(cells)
    for count in range(1, len(names)):
        until_next = [cell.title for cell in cells].index(f"solution: {names[count]}")
        outputs = run_cells(cells[:until_next], solved=frozenset(names[:count]))
        assert "Solve" not in "".join(outputs), names[count]


def test_other_errors_than_an_unsolved_question_are_shown(lesson: Lesson) -> None:
    for error in (IndexError("out of range"), NotImplementedError("no kernel for this device")):
        with pytest.raises(type(error), match=str(error)), lesson.module.figures.when_solved():
            raise error
