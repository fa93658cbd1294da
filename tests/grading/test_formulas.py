"""Formulas become MathML that can do nothing but be drawn, or stay as they were written."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.grading.formulas import (
    ATTRIBUTES,
    ELEMENTS,
    MAX_CHARACTERS,
    MAX_FORMULA_CHARACTERS,
    Unknown,
    mathml,
)
from autograder.grading.safe_html import markdown2html

LESSON = Path(__file__).resolve().parents[2] / "source" / "conv_layer" / "conv_layer.py"
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
PIECES = r"\frac \sqrt \text \href \style \class \color \hspace \left( \right) \begin{matrix} \end{matrix}"


def lesson_formulas() -> list[str]:
    prose = re.sub(r"^# ?", "", LESSON.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [display or inline for display, inline in FORMULA.findall(prose)]


def texts(formula: Element, name: str) -> list[str]:
    return [element.text or "" for element in formula.iter(name)]


def test_every_formula_of_the_lesson_is_drawn() -> None:
    formulas = lesson_formulas()
    assert len(formulas) > 40
    for tex in formulas:
        assert texts(mathml(tex, display=True), "annotation") == [tex]


def test_a_sum_over_a_kernel() -> None:
    formula = mathml(r"\sum_{a=0}^{k_h-1} K_{a,b} < 4", display=True)
    assert [element.tag for element in formula.iter("munderover")] == ["munderover"]
    assert texts(formula, "mo") == ["∑", "=", "−", ",", "<"]
    assert formula.get("display") == "block"


def test_bars_and_slashes_are_set_as_close_as_in_tex() -> None:
    signs = {
        sign.text: (sign.get("lspace"), sign.get("rspace")) for sign in mathml("|x| < 1/2", display=False).iter("mo")
    }
    assert signs == {"|": ("0em", "0em"), "/": ("0em", "0em"), "<": (None, None)}


def test_lines_are_aligned_at_their_signs() -> None:
    formula = mathml(r"\begin{aligned} Y &= X \\ Z &= 1 \end{aligned}", display=True)
    assert [cell.get("style") for cell in formula.iter("mtd")] == ["text-align:right", "text-align:left"] * 2


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{1}{",
        r"x^",
        r"\unheardof x",
        r"a & b",
        r"a \\ b",
        r"\def\a{b}\a",
        r"\newcommand{\a}{b}\a",
        "{" * 1500,
        r"\sqrt{" * 120 + "x" + "}" * 120,
        "x" * (MAX_FORMULA_CHARACTERS + 1),
    ],
)
def test_what_cannot_be_drawn_stays_as_it_was_written(tex: str) -> None:
    with pytest.raises(Unknown):
        mathml(tex, display=False)
    page = markdown2html({}, f"before ${tex}$ after")
    assert BeautifulSoup(page, "html.parser").get_text().strip() == f"before ${tex}$ after"


def test_a_text_of_nothing_but_formulas_ends_in_tex() -> None:
    formula = "$" + "x+" * 900 + "x$ "
    count = 2 * MAX_CHARACTERS // len(formula)
    page = markdown2html({}, formula * count)
    assert 0 < page.count("<math") < count
    assert page.rstrip().removesuffix("</p>").rstrip().endswith("x+x$")


def test_a_formula_cannot_cover_the_page() -> None:
    formula = mathml(r"\hspace{900em} \! \style{position:fixed}{x} \color{red}{x} \mathbf{x}", display=True)
    for element in formula.iter():
        assert set(element.attrib) <= {"display", "encoding", *ATTRIBUTES}
    assert [space.get("width") for space in formula.iter("mspace")] == [None, None]


def test_nobody_can_write_a_mark() -> None:
    seen = markdown2html({}, "$x$ and 0123456789abcdefx0x")
    assert "and 0123456789abcdefx0x" in seen


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*PIECES.split(), *"{}^_&<>\"'x1 \\", "<script>evil()</script>", "javascript:evil()"])))
def test_pieces_of_tex_make_nothing_but_mathml(pieces: list[str]) -> None:
    page = BeautifulSoup(markdown2html({}, f"$${''.join(pieces)}$$"), "html.parser")
    for formula in page.find_all("math"):
        for tag in formula.find_all(True):
            assert tag.name in ELEMENTS
            assert set(tag.attrs) <= {"style", "encoding", *ATTRIBUTES}
    assert page.find_all(["script", "a"]) == []
