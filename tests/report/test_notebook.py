"""The report under a check cell: harmless and self-contained HTML, and a text that says the same."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from autograder.report.notebook import Report, html, text
from autograder.results import CheckResult, CheckStatus, Grid, QuestionResult

HOSTILE = '<script>alert(1)</script><img src=x onerror=\'go()\'>" style="position:fixed" &amp; &lt;'

GRIDS = (
    Grid("X", ((0.0, 1.0, -2.0), (0.125, float("nan"), 40.0)), None, ((0, 0), (0, 1))),
    Grid("got", ((3.0, -4.5),), (0, 1)),
    Grid("want", ((3.0, 6.25),), (0, 1)),
)
PASSED = CheckResult("q.one", "q", "Every output is right.", 2.5, 2.5, CheckStatus.PASSED)
FAILED = CheckResult(
    "q.two", "q", "Nothing is changed.", 0, 1, CheckStatus.FAILED, "got 1, want 2", "X = 1\nf(X)", "Aliasing.", "",
    "", "3 of 4 examples are answered rightly.", "Clone it.", GRIDS,
)  # fmt: skip
LATE = CheckResult("q.three", "q", "It ends.", 0, 0.5, CheckStatus.TIMEOUT, "no answer within 5 s")
LOST = CheckResult("q.four", "q", "It lives.", 0, 1, CheckStatus.ERROR, "the process ended")
LENT = replace(PASSED, id="q.five", note="Judged with working answers.")
FLIPPED = replace(
    FAILED, id="q.six", property="Views too.", counterexample="g(X)", message="got 5, want 6", cause="",
    misconception="flipped", diagnosis="The kernel is flipped.", advice="Leave it.",
)  # fmt: skip
AGAIN = replace(FLIPPED, id="q.seven", property="Gradients too.", counterexample="h(X)")
RESULT = QuestionResult("q", (PASSED, FAILED, LATE, LOST, LENT, FLIPPED, AGAIN))


class Parsed(HTMLParser):
    """The tags with their attributes, the text between them, and what each text stands on."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.colours: set[tuple[str, str]] = set()
        self._styles = [{"color": "", "background-color": ""}]
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("img", "br"):
            own = re.findall(r"(?:^|;)(color|background-color):([^;]+)", dict(attrs).get("style") or "")
            self._styles.append({**self._styles[-1], **dict(own)})

    def handle_endtag(self, tag: str) -> None:
        self._styles.pop()

    def handle_data(self, data: str) -> None:
        self.words += data.split()
        self.colours.add((self._styles[-1]["color"], self._styles[-1]["background-color"]))


def hostile(status: CheckStatus) -> QuestionResult:
    words = dict.fromkeys(("property", "message", "counterexample", "cause", "note", "diagnosis", "advice"), HOSTILE)
    grid = replace(GRIDS[1], name=HOSTILE)
    return QuestionResult("q", (replace(FAILED, status=status, misconception=HOSTILE, grids=(grid,), **words),))


@pytest.mark.parametrize("status", list(CheckStatus))
@pytest.mark.parametrize("count", [1, 2])
def test_hostile_text_is_shown_as_text(status: CheckStatus, count: int) -> None:
    page = Parsed(html(HOSTILE, QuestionResult("q", hostile(status).checks * count)))
    harmless = replace(FLIPPED, status=status, cause="cause", note="note", grids=(GRIDS[1],))
    expected = Parsed(html("title", QuestionResult("q", (harmless,) * count)))

    def shape(tags: list[tuple[str, dict[str, str | None]]]) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, {name: value for name, value in attributes.items() if name != "alt"}) for tag, attributes in tags]

    assert shape(page.tags) == shape(expected.tags)
    # its title, each property, and once all else: example, message, cause, note, mistake, advice, grid's name
    assert " ".join(page.words).count(" ".join(HOSTILE.split())) == 1 + count + 7


def test_the_page_has_inline_styles_and_nothing_that_acts_or_loads() -> None:
    page = html("Title", RESULT)
    tags = Parsed(page).tags
    allowed = {"div", "p", "strong", "table", "tr", "td", "pre", "figure", "figcaption", "img"}
    assert {tag for tag, _ in tags} <= allowed
    names = {name for _, attributes in tags for name in attributes}
    assert names <= {"style", "colspan", "alt", "src", "width", "height"}
    assert "url(" not in page
    assert all((attributes["src"] or "").startswith("data:") for tag, attributes in tags if tag == "img")


def test_boxes_and_cells_bring_colour_and_background_so_that_a_dark_theme_does_no_harm() -> None:
    for tag, attributes in Parsed(html("Title", RESULT)).tags:
        style = attributes.get("style") or ""
        if tag in ("div", "table", "td", "pre", "figcaption"):
            assert "background-color:" in style
            assert re.search(r"(^|;)color:", style)


def luminance(colour: str) -> float:
    """Relative luminance (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""

    def linear() -> Iterator[float]:
        for start in (1, 3, 5):
            share = int(colour[start : start + 2], 16) / 255
            yield share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = linear()
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_text_stands_out_from_its_background() -> None:
    every_size = tuple((size, -size) for size in (0.0, 0.5, 2.0, 5.0, 50.0))
    shown = replace(FAILED, grids=(*GRIDS, Grid("all", every_size)))
    colours = Parsed(html("Title", QuestionResult("q", (*RESULT.checks, shown)))).colours
    assert len(colours) >= 13
    for ink, paper in colours:
        assert contrast(ink, paper) >= 4.5, (ink, paper)


MARKS = re.compile(r"[\[\]();:✓✗▸◂]")
# How the one and the other describe their marks.
ABOUT_MARKS = {"and", "by", "a", "thick", "dashed", "outline."}


def words(content: str) -> set[str]:
    return set(MARKS.sub(" ", content).split())


def test_page_and_text_say_the_same() -> None:
    page, plain = " ".join(Parsed(html("Title", RESULT)).words), text("Title", RESULT)
    assert words(page) - ABOUT_MARKS == words(plain) - ABOUT_MARKS - {"."}
    for check in RESULT.checks[:-1]:
        for part in (check.property, check.message, check.cause, check.note, check.diagnosis, check.advice):
            assert part in plain
            assert part in page


def test_numbers_of_grids_are_in_page_and_text_in_the_same_number() -> None:
    result = QuestionResult("q", (replace(FAILED, message="", counterexample="", diagnosis="", advice=""),))
    page, plain = " ".join(Parsed(html("Title", result)).words), text("Title", result)
    for shown in ("0.125", "nan", "40", "-4.5", "6.25", "-2"):
        assert MARKS.sub(" ", page).split().count(shown) == MARKS.sub(" ", plain).split().count(shown) == 1


def test_a_mistake_that_several_properties_share_stands_out_at_the_top() -> None:
    page = html("Title", RESULT)
    assert page.count("The kernel is flipped.") == page.count("Leave it.") == 1
    assert page.index("The kernel is flipped.") < page.index("This explains 2 of the 5 properties")
    assert page.index("This explains 2 of the 5 properties") < page.index("Every output is right.")
    assert page.count("The mistake named at the top counts here too.") == 2


def test_an_example_has_the_width_of_the_page_and_a_word_does_not() -> None:
    for check, rows in ((PASSED, 1), (LENT, 1), (LATE, 1), (FAILED, 2)):
        page = html("Title", QuestionResult("q", (check,)))
        outer = re.sub(r"<figure.*</figure>", "", page)
        assert outer.count("<tr>") == rows
        assert outer.count('colspan="3"') == rows - 1


def test_a_stub_has_a_page_of_one_sentence() -> None:
    stub = replace(FAILED, misconception="unwritten")
    page = Parsed(html("Title", QuestionResult("q", (stub, stub))))
    assert " ".join(page.words) == "Title : 0 of 2 points Still to be written: 2 properties wait for an answer."


def test_a_report_is_html_and_text_at_once() -> None:
    report = Report("Title", RESULT)
    assert report._repr_mimebundle_() == {"text/html": html("Title", RESULT), "text/plain": text("Title", RESULT)}
    assert repr(report) == text("Title", RESULT)
