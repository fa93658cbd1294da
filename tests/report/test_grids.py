"""Small matrices to look at: short numbers, colours that nothing hangs on, marks, and the same in words."""

import math
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.report import grids
from autograder.report.grids import description, number, pictures, tint
from autograder.results import Grid

X = Grid("X", ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0)), None, ((0, 1), (0, 2), (1, 1), (1, 2)))
GOT = Grid("got", ((0.5, -1.25),), (0, 1))
WANT = Grid("want", ((0.5, 7.0),), (0, 1))
PLAIN = Grid("K", ((0.0, 1.0),))


class Cells(HTMLParser):
    """The text and the style of each cell of a table, in order, and the pictures' descriptions."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.cells: list[tuple[str, str]] = []
        self.descriptions: list[str] = []
        self.sources: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "td":
            self.cells.append(("", attributes["style"] or ""))
        if tag == "img":
            self.descriptions.append(attributes["alt"] or "")
            self.sources.append(attributes["src"] or "")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "td":
            text, style = self.cells[-1]
            self.cells[-1] = (text + data, style)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3.0, "3"),
        (-0.0, "0"),
        (-1.25, "-1.25"),
        (1e-4, "0.0001"),
        (1e-5, "1e-5"),
        (0.1234567, "0.1235"),
        (-0.1234567, "-0.123"),
        (1234.5678, "1234.6"),
        (123456.0, "123456"),
        (-1234567.0, "-1.2e6"),
        (1e20, "1e20"),
        (math.nan, "nan"),
        (math.inf, "inf"),
        (-math.inf, "-inf"),
    ],
)
def test_a_number_is_short(value: float, written: str) -> None:
    assert number(value) == written


@given(st.floats(-1e300, 1e300).filter(lambda value: abs(value) > 1e-300 or value == 0))
def test_a_short_number_is_near_the_number_and_has_its_sign(value: float) -> None:
    written = number(value)
    assert len(written) <= 6 or re.fullmatch(r"-?\de-?\d\d+", written)
    assert float(written) == pytest.approx(value, rel=0.5, abs=0)
    assert written.startswith("-") == (value < 0)


def test_a_colour_says_sign_and_size_alike_in_every_grid() -> None:
    assert tint(0.0) == tint(-0.0) == grids.PAPER
    assert [tint(value) for value in (0.5, 2, 5, 50, math.inf)] == [*grids.POSITIVE, grids.POSITIVE[-1]]
    assert [tint(value) for value in (-0.5, -2, -5, -50, -math.inf)] == [*grids.NEGATIVE, grids.NEGATIVE[-1]]
    assert tint(math.nan) not in (grids.PAPER, *grids.POSITIVE, *grids.NEGATIVE)


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def test_signs_differ_where_red_and_green_look_alike_and_where_blue_and_yellow_do() -> None:
    for below, above in zip(grids.NEGATIVE, grids.POSITIVE, strict=True):
        (r, g, b), (red, green, blue) = channels(below), channels(above)
        assert (b - (r + g) / 2) - (blue - (red + green) / 2) >= 30
        assert (red - green) - (r - g) >= 20


def test_the_wrong_element_has_an_outline_bold_letters_and_marks() -> None:
    cells = Cells(pictures((GOT, WANT))).cells
    assert [text for text, _ in cells] == ["0.5", "▸-1.25◂", "0.5", "▸7◂"]
    for text, style in cells:
        assert ("border:3px solid" in style and "font-weight:bold" in style) == text.startswith("▸")


def test_a_dashed_line_goes_around_the_window_and_not_through_it() -> None:
    cells = Cells(pictures((X, GOT))).cells[:6]
    sides = [set(re.findall(r"border-(\w+):2px dashed", style)) for _, style in cells]
    assert sides == [set(), {"top", "left"}, {"top", "right"}, set(), {"bottom", "left"}, {"bottom", "right"}]


def test_every_element_has_its_number_and_its_colour() -> None:
    cells = Cells(pictures((X,))).cells
    assert [text for text, _ in cells] == ["1", "2", "3", "4", "5", "6"]
    assert all(f"background-color:{tint(float(text))}" in style for text, style in cells)


def test_names_stand_under_their_grids_and_are_escaped() -> None:
    page = pictures((replace(X, name="<b>&"), GOT))
    assert page.index("</table>") < page.index("<strong>&lt;b&gt;&amp;") < page.index("<strong>got</strong>")
    assert "<b>" not in page


def test_words_say_what_is_wrong_where_and_what_that_is_computed_from() -> None:
    assert description((X, GOT, WANT)) == (
        "Grids of numbers: X, 2 by 3; got, 1 by 2; want, 1 by 2. "
        "Wrong at row 0, column 1, counted from 0: got -1.25; want 7. Computed from rows 0 to 1, columns 1 to 2 of X."
    )
    scattered = replace(X, window=((0, 0), (1, 2)))
    assert description((scattered, GOT)).endswith("Computed from 2 elements of X.")
    assert description((PLAIN,)) == "Grids of numbers: K, 1 by 2."


def test_a_picture_of_one_clear_pixel_carries_these_words() -> None:
    page = Cells(pictures((replace(X, name='"><X>'), GOT)))
    assert page.descriptions == [description((replace(X, name='"><X>'), GOT))]
    assert page.sources[0].startswith("data:image/gif;base64,")


def test_marks_are_explained_where_there_are_any() -> None:
    page = pictures((X, GOT, WANT))
    assert page.count("Wrong at row 0, column 1 (counted from 0), marked ▸ ◂ and by a thick outline.") == 1
    assert page.count("It is computed from what is marked by a dashed outline.") == 1
    assert "computed from what" not in pictures((PLAIN, GOT))
    assert "marked" not in pictures((PLAIN,))


def test_no_grids_are_nothing() -> None:
    assert pictures(()) == ""
